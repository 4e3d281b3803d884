import { addTexts } from "../../ui/texts";

const words = {
  earlier: "Показать раньше",
  system: "Система",
  behalf: "за {{name}}",
  change: "{{before}} → {{after}}",
  cleared: "убрано «{{before}}»",
  restore: "Вернуть прежнее",
  putBack: "Вернуть «{{field}}»",
  putAllBack: "Вернуть всё из этой строки",
  turnBack: "Вернуть карточку к этому моменту",
  turnBackNote:
    "Поля, которые меняли после этого, снова станут такими, как тогда. Комментарии, файлы и состояние останутся как есть. Новые значения сохранятся в истории.",
  turn: "Вернуть",
  cancel: "Отмена",
  restored: "Возвращено: {{fields}}",
  restoredPart: "Возвращено: {{fields}}. Осталось как есть: {{left}}",
  yes: "да",
  no: "нет",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    history: { [K in keyof typeof words]: string };
  }
}

addTexts("history", words);
