import { addTexts } from "../../../ui/texts";

/** Words of the pictures of the stamp and of signatures. */
const words = {
  title: "Печать и подпись",
  note: "Изображения встают на PDF согласованного документа: печать компании и подпись того, кто сам его согласовал. К такому PDF прикладывается протокол согласования. Это не электронная подпись.",
  optionNote: "Ставить ли изображения, решает параметр «Ставить изображения печати и подписи».",
  toOption: "Открыть параметры",
  stamp: "Печать компании",
  stampNote: "Её меняют те, у кого есть право настраивать шаблоны печати.",
  signature: "Моя подпись",
  signatureNote: "Её видите и меняете только вы.",
  none: "Изображения нет",
  put: "Загрузить",
  replace: "Заменить",
  remove: "Убрать",
  fileNote: "PNG до 300 КБ, лучше с прозрачным фоном.",
  heavy: "Файл больше 300 КБ. Обрежьте поля или сожмите картинку",
  width: "Ширина на бумаге, мм",
  wrongWidth: "Укажите ширину от 10 до 80 мм",
  resize: "Изменить ширину",
  saved: "Сохранено.",
  removed: "Убрали. Уже напечатанное не меняется.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    facsimiles: { [K in keyof typeof words]: string };
  }
}

addTexts("facsimiles", words);
