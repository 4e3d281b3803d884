import { addTexts } from "../../../ui/texts";

const words = {
  ask: "На утверждение",
  askTitle_one: "Отправить черновик на утверждение",
  askTitle_few: "Отправить {{count}} черновика на утверждение",
  askTitle_many: "Отправить {{count}} черновиков на утверждение",
  askTitle_other: "Отправить черновики на утверждение",
  askText:
    "Пока решения нет, черновик видите вы и тот, кто его утверждает. Утвердит — задача будет поставлена от вашего имени.",
  askTogether: "Отправленное вместе утверждают или возвращают целиком.",
  approver: "Кто утверждает",
  needApprover: "Выберите, кто утверждает.",
  send: "Отправить",
  sent: "Отправлено на утверждение.",
  waiting: "На утверждении",
  approved: "Утверждён",
  returned: "Возвращён",
  waitsFor: "Ждёт утверждения: {{name}}",
  approvedBy: "Утверждено: {{name}}",
  returnedBy: "Вернул(а) {{name}}",
  askedYou: "Вас просят утвердить этот черновик",
  askedYouSet: "Вас просят утвердить этот черновик вместе с другими: {{count}}",
  approve: "Утвердить",
  approveAll: "Утвердить все: {{count}}",
  giveBack: "Вернуть",
  giveBackTitle: "Вернуть черновик",
  recall: "Отозвать",
  decidedYes: "Утверждено.",
  decidedNo: "Возвращено автору.",
  together: "Отправлены вместе",
  draftTo: "Если отправить на утверждение, черновик увидит и тот, кто его утверждает.",
} as const;

declare module "i18next" {
  interface ResourceNamespaceMap {
    approvals: { [K in keyof typeof words]: string };
  }
}

addTexts("approvals", words);
