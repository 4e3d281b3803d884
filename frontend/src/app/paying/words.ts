import { addTexts } from "../../ui/texts";

const words = {
  trialEnds: "Пробный период заканчивается {{day}}. Дальше действуют пределы тарифа.",
  pastDue: "Подписка не оплачена. Пока всё работает, а с {{day}} можно будет только смотреть.",
  readOnly: "Подписка не оплачена, поэтому сейчас можно только смотреть. Данные целы.",
  suspended: "Работа приостановлена: подписка не оплачена. Данные целы и откроются после оплаты.",
  tellOwner: "Сообщите владельцу компании.",
  choose: "Выбрать тариф",
  pay: "Оплатить",
  label: "Оплата",
  way: "Тариф и оплата",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    paying: { [K in keyof typeof words]: string };
  }
}

addTexts("paying", words);
