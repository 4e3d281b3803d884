import { addTexts } from "../../ui/texts";

const words = {
  menu: "Перевести в другой статус",
  change: "Статус: {{title}}. Изменить",
  moved: "Статус: «{{title}}»",
  byStatus: "По статусам компании",
  status: "Статус компании",
  bulk: "Статус",
  reading: "Смотрим, куда можно",
  unread: "Не удалось узнать, куда можно перевести",
  nowhere: "Перевести эти карточки некуда",
  cardsOf: "{{count}} из {{total}}",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    statuses: { [K in keyof typeof words]: string };
  }
}

addTexts("statuses", words);
