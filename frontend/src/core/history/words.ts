import { addTexts } from "../../ui/texts";

const words = {
  earlier: "Показать раньше",
  system: "Система",
  behalf: "за {{name}}",
  change: "{{before}} → {{after}}",
  cleared: "убрано «{{before}}»",
  yes: "да",
  no: "нет",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    history: { [K in keyof typeof words]: string };
  }
}

addTexts("history", words);
