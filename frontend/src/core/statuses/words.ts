import { addTexts } from "../../ui/texts";

const words = {
  menu: "Перевести в другой статус",
  change: "Статус: {{title}}. Изменить",
  moved: "Статус: «{{title}}»",
  byStatus: "По статусам компании",
  status: "Статус компании",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    statuses: { [K in keyof typeof words]: string };
  }
}

addTexts("statuses", words);
