import { addTexts } from "../../ui/texts";

const words = {
  title: "Наблюдатели",
  nobody: "никого",
  watch: "Наблюдать",
  unwatch: "Не наблюдать",
  one: "Наблюдатель",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    watchers: { [K in keyof typeof words]: string };
  }
}

addTexts("watchers", words);
