import { addTexts } from "../../ui/texts";

const words = {
  onOpenCard: "открытая карточка",
  close: "Закрыть, Esc",
  prev: "Предыдущая, ←",
  next: "Следующая, →",
  copyLink: "Скопировать ссылку",
  linkCopied: "Ссылка скопирована.",
  full: "Открыть целиком",
  side: "Открыть сбоку",
  more: "Ещё",
  place: "{{at}} из {{of}}",
  streamAll: "Всё",
  streamComments: "Комментарии",
  streamHistory: "История",
  streamFiles: "Файлы",
  stream: "Лента карточки",
  card: "Карточка",
  empty: "Здесь появятся комментарии и всё, что происходит с карточкой.",
  emptyComments: "Комментариев пока нет.",
  emptyFiles: "Файлов пока нет.",
  earlier: "Показать раньше",
  status: "Состояние",
  reason: "Что передать коллеге",
  reasonHint: "Увидят все участники карточки",
  gone: "Карточки нет или она вам не видна",
  goneText: "Возможно, её удалили или вас убрали из участников. Спросите того, кто дал ссылку.",
  toList: "К списку",
  missingFields: "Заполните поля карточки: они отмечены ниже.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    cards: { [K in keyof typeof words]: string };
  }
}

addTexts("cards", words);
