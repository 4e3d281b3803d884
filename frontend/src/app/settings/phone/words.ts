import { addTexts } from "../../../ui/texts";

const words = {
  proved: "Номер подтверждён: SMS приходят.",
  unproved: "Номер {{phone}} не подтверждён: SMS на него не приходят.",
  theirs: "Номер не подтверждён: SMS на него не приходят. Подтвердить может только сам сотрудник.",
  mark: "не подтверждён",
  prove: "Подтвердить номер",
  text: "Отправили SMS с кодом на {{phone}}. Код действует 10 минут.",
  code: "Шесть цифр из SMS",
  again: "Прислать ещё раз",
  sentAgain: "Отправили новый код. Прежний больше не действует.",
  send: "Подтвердить",
  done: "Номер подтверждён.",
  noPhone: "Для SMS укажите мобильный номер в своей карточке.",
  toCard: "Открыть карточку",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    phone: { [K in keyof typeof words]: string };
  }
}

addTexts("phone", words);
