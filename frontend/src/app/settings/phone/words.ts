import { addTexts } from "../../../ui/texts";

const words = {
  proved: "Номер подтверждён.",
  unproved: "Номер {{phone}} не подтверждён.",
  silent: "SMS на него не приходят.",
  unsure: "Подтвердите, что он ваш: SMS компании уходят на него.",
  theirs: "Номер не подтверждён. Подтвердить может только сам сотрудник.",
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
