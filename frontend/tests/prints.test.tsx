import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import type { PrintForm } from "../src/api/prints";
import { Checked } from "../src/core/prints/CheckDialog";
import { FormsList } from "../src/core/prints/FormsList";
import { base64Of } from "../src/core/prints/forms";
import { usePrintItems } from "../src/core/prints/usePrintItems";
import { cache } from "../src/core/session/cache";
import { DOCUMENTS } from "../src/modules/documents/document";
import { type Answers, problem, serve } from "./server";

const FORM = {
  id: 4,
  kind: "documents.document",
  card_type: "contract",
  title: "Договор",
  file_name: "dogovor.docx",
  formats: ["pdf", "docx"],
  unknown: ["шляпа"],
  is_archived: false,
  version: 2,
};
const NAMES = {
  results: [{ name: "контрагент", sort_title: "Текст", example: "ООО «Ромашка»" }],
  filters: [{ name: "родительный", hint: "кого? чего?" }],
};
const TYPES = [
  { code: "", title: "Документ" },
  { code: "contract", title: "Договор" },
];

function open(answers: Answers) {
  const asked = serve(answers);
  render(
    <QueryClientProvider client={cache}>
      <FormsList kind={DOCUMENTS} types={TYPES} />
    </QueryClientProvider>,
  );
  return asked;
}

beforeEach(() => cache.clear());

it("a file is sent as it is, byte for byte", async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256);
  const text = await base64Of(new Blob([bytes]));
  expect(Uint8Array.from(atob(text), (char) => char.charCodeAt(0))).toEqual(bytes);
});

it("forms are listed with what is wrong with them", async () => {
  open({ "GET print-templates/": { body: { results: [FORM], next: null } } });
  expect(await screen.findByTestId("form-line")).toHaveTextContent(
    "Договор · dogovor.docx · PDF, DOCX",
  );
  expect(screen.getByText("Неизвестно, что подставить: шляпа")).toBeVisible();
});

it("a form is uploaded beside the list of what may stand in its places", async () => {
  const asked = open({
    "GET print-templates/": { body: { results: [], next: null } },
    "GET print-templates/names/": { body: NAMES },
    "POST print-templates/": { status: 201, body: FORM },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByTestId("form-add"));
  await user.click(screen.getByTestId("form-submit"));
  expect(screen.queryByText(/загружена/)).toBeNull();
  await user.upload(screen.getByTestId("form-file"), new File(["слова"], "Договор.docx"));
  expect(screen.getByTestId("form-title")).toHaveValue("Договор");
  expect(await screen.findByText("{{ контрагент }}")).toBeInTheDocument();
  await user.click(screen.getByTestId("form-submit"));
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  expect(asked.find(({ method }) => method === "POST")?.body).toMatchObject({
    kind: "documents.document",
    card_type: "",
    title: "Договор",
    file_name: "Договор.docx",
    content: await base64Of(new Blob(["слова"])),
  });
});

it("a refused file is told of at the file", async () => {
  open({
    "GET print-templates/": { body: { results: [], next: null } },
    "POST print-templates/": problem(422, "template-refused", { detail: "В файле есть макрос" }),
  });
  const user = userEvent.setup();
  await user.click(await screen.findByTestId("form-add"));
  await user.upload(screen.getByTestId("form-file"), new File(["слова"], "Договор.docx"));
  await user.click(screen.getByTestId("form-submit"));
  expect(await screen.findByRole("alert")).toHaveTextContent("В файле есть макрос");
});

it("a card offers its forms in whatever they can be given as, and none where there are none", async () => {
  const Menu = () => (
    <ul>
      {usePrintItems(DOCUMENTS, { id: 7, type: "contract" }).map((item) => (
        <li key={item.key}>{item.title}</li>
      ))}
    </ul>
  );
  const asked = serve({
    "GET print-templates/": { body: { results: [FORM, { ...FORM, id: 5, is_archived: true }] } },
  });
  const page = (
    <QueryClientProvider client={cache}>
      <Menu />
    </QueryClientProvider>
  );
  const { unmount } = render(page);
  expect(await screen.findByText("Договор (PDF)")).toBeVisible();
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(asked[0]?.query.get("card_type")).toBe("contract");
  unmount();
  cache.clear();
  const again = serve({});
  render(page);
  await waitFor(() => expect(again).toHaveLength(1));
  expect(screen.queryByRole("listitem")).toBeNull();
});

it("a form is looked through on a real card: what is unknown, empty, or asks for a case", async () => {
  const place = { sort: "text", is_empty: false, error: "", suggestion: "", case: "", because: "" };
  const results = [
    { ...place, text: "сума", value: "", error: "Поля «сума» нет", suggestion: "сумма" },
    { ...place, text: "адресат", value: "", is_empty: true },
    { ...place, text: "контрагент", value: "ООО «Ромашка»", case: "родительный", because: "от" },
  ];
  serve({ "GET print-templates/4/check/9/": { body: { results, is_sound: false } } });
  render(
    <QueryClientProvider client={cache}>
      <Checked form={FORM as PrintForm} card={9} />
    </QueryClientProvider>,
  );
  expect(await screen.findByText("Не так: 2 места")).toBeVisible();
  const [unknown, empty, cased] = screen.getAllByTestId("check-place");
  expect(unknown).toHaveTextContent("Возможно, вы имели в виду {{ сумма }}");
  expect(empty).toHaveTextContent("пусто на этой карточке");
  expect(cased).toHaveTextContent("После «от» нужен родительный падеж");
  expect(cased).toHaveTextContent("{{ контрагент | родительный }}");
});
