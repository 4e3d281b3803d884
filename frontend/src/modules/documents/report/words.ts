import { addTexts } from "../../../ui/texts";
import "../words";

/** Words of the report. */
const words = {
  title: "Документы сейчас",
  back: "К документам",
  asOf: "на {{moment}}",
  print: "Печать",
  empty: "Считать пока нечего",
  emptyText: "Когда документы отправят или зарегистрируют, здесь будет видно, где они и у кого.",
  types: "По видам и состояниям",
  type: "Вид",
  total: "Всего",
  late: "Просрочено",
  all: "Все виды",
  stages: "По этапам маршрутов",
  stage: "Этап",
  route: "Маршрут",
  count: "Документов",
  holders: "У кого на согласовании",
  people: "За кем исполнение",
  person: "Сотрудник",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    documents_report: { [K in keyof typeof words]: string };
  }
}

addTexts("documents_report", words);
