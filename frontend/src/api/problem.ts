/** A refusal as the server words it (RFC 9457), or the lack of any answer. */

interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  errors?: { pointer?: string; detail?: string }[];
  current?: unknown;
  [extra: string]: unknown;
}

const UNREACHABLE = "unreachable";

export class ApiProblem extends Error {
  override name = "ApiProblem";

  constructor(
    readonly status: number,
    /** The last part of the problem's type: `invalid-credentials`, `slug-taken`… */
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** Field → sentence; the empty name holds what belongs to no field. */
    readonly fields: Record<string, string>,
    readonly body: ProblemBody,
  ) {
    super(detail || title);
  }

  get isUnreachable(): boolean {
    return this.code === UNREACHABLE;
  }

  /** Sentences about what lies inside of a field, by what comes after its name: of `/fields/sum` it is `sum`. */
  inside(field: string): Record<string, string> {
    const found: Record<string, string> = {};
    for (const { pointer = "", detail = "" } of this.body.errors ?? []) {
      if (pointer.startsWith(`/${field}/`)) found[pointer.slice(field.length + 2)] ??= detail;
    }
    return found;
  }

  /** The card as it is now, when the answer is 412. */
  get current(): unknown {
    return this.body.current;
  }
}

const WORDS: Record<number, string> = {
  400: "Запрос не принят.",
  401: "Нужно войти.",
  403: "Недостаточно прав.",
  404: "Не найдено.",
  409: "Сейчас это сделать нельзя.",
  412: "Карточку успел изменить кто-то другой.",
  413: "Слишком много данных.",
  422: "Проверьте поля.",
  429: "Слишком часто. Подождите немного и повторите.",
  503: "Сервер занят обновлением. Повторите через минуту.",
};

function fieldErrors(body: ProblemBody): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { pointer = "", detail = "" } of body.errors ?? []) {
    const name = pointer.replace(/^#?\//, "").split("/")[0] ?? "";
    fields[name] ??= detail;
  }
  return fields;
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = await response.json().catch(() => ({}));
  const problem: ProblemBody = typeof body === "object" && body !== null ? body : {};
  const title = problem.title ?? WORDS[response.status] ?? "Сервер не смог ответить.";
  return new ApiProblem(
    response.status,
    (problem.type ?? "").split("/").at(-1) || `http-${response.status}`,
    title,
    problem.detail ?? title,
    fieldErrors(problem),
    problem,
  );
}

export function unreachable(): ApiProblem {
  const text = "Нет связи с сервером. Введённое сохранено, попробуйте ещё раз.";
  return new ApiProblem(0, UNREACHABLE, text, text, {}, {});
}

/** Why, where no field is there to be marked: the first sentence about one, else that of the whole. */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof ApiProblem ? Object.values(error.fields) : [];
  return first ?? sentenceOf(error);
}

/** A sentence for any failure; a surprise in our own code is not shown raw. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : "Что-то пошло не так. Обновите страницу.";
}
