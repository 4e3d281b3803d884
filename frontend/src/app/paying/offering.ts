import type { ApiProblem } from "../../api/problem";
import { listenToRequests } from "../../api/request";
import { may, meNow } from "../../core/session/session";
import { i18next } from "../../ui/texts";
import { say } from "../../ui/toast";
import { MAY_PAY, PAYING } from "./banner";
import "./words";

const LONG_ENOUGH_MS = 15_000;
let dropLast: () => void = () => undefined;

/**
 * What was refused because of what is paid for is said with the way to pay, wherever it was tried. The way opens
 * beside: what has been typed stands where it was.
 */
function offer(problem: ApiProblem): void {
  const me = meNow();
  if (typeof problem.body.pay !== "string" || !me || !may(me, MAY_PAY)) return;
  dropLast();
  dropLast = say(problem.message, {
    icon: "circle-alert",
    stay: LONG_ENOUGH_MS,
    action: {
      title: i18next.t("paying:way"),
      run: () => void window.open(PAYING, "_blank", "noopener"),
    },
  });
}

export const offerPaying = (): void => listenToRequests({ refused: offer });
