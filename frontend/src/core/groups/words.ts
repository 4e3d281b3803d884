import { addTexts } from "../../ui/texts";

const words = {
  title: "Группы",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    groups: { [K in keyof typeof words]: string };
  }
}

addTexts("groups", words);
