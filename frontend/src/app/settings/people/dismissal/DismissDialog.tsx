import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard, Person } from "../../../../api/contract";
import { dayOf, isDay } from "../../../../core/forms/clock";
import { Button } from "../../../../ui/button";
import { Dialog } from "../../../../ui/dialog";
import { useSaving } from "../../saving";
import { HeirStep } from "./HeirStep";
import { HeldStep } from "./HeldStep";
import { dismiss, formerHeirs, type Heirs, isGiven, isSettled } from "./handover";
import { Outcome } from "./Outcome";
import { SummaryStep } from "./SummaryStep";
import type { Handover } from "./told";
import "./dismissal.css";
import "./words";

type Step = "held" | "whom" | "summary" | "outcome";
const STEPS: Step[] = ["held", "whom", "summary"];

interface DismissDialogProps {
  employee: EmployeeCard;
  told: Handover;
  onClose: () => void;
}

/** Dismissal by steps: what he holds, to whom it goes, what will come of it, how far it has come. */
export function DismissDialog({ employee, told, onClose }: DismissDialogProps) {
  const { t } = useTranslation("dismissal");
  const isOver = ["running", "done", "stopped"].includes(told.state) && !employee.is_active;
  const [step, setStep] = useState<Step>(isOver ? "outcome" : "held");
  const [former] = useState(() => formerHeirs(told));
  const [heir, setHeir] = useState<Person | null>(former.heir);
  const [heirs, setHeirs] = useState<Heirs>(former.heirs);
  const today = dayOf(new Date());
  const [lastDay, setLastDay] = useState(
    told.state === "planned" ? (told.last_day ?? today) : today,
  );
  const { busy, errors, run } = useSaving();
  const { pieces } = told;
  const isLater = employee.is_active && lastDay > today;
  const hasMore = pieces.some((piece) => piece.left > 0 || (isGiven(piece) && piece.count > 0));
  const move = (by: number) => setStep(STEPS[STEPS.indexOf(step) + by] ?? step);
  const confirm = async () => {
    const went = await run(() => dismiss(employee.id, heir, heirs, isLater ? lastDay : null));
    if (went && isLater) onClose();
    else if (went) setStep("outcome");
  };
  const wrongHeir = errors.successor ?? errors.pieces;
  const title = t(employee.is_active ? "title" : "titleOver", { name: employee.full_name });
  return (
    <Dialog title={title} width={560} onClose={onClose}>
      <div className="dis">
        {step !== "outcome" && (
          <h3 className="dis-step">
            {t(step)}
            <span className="hint">{t("step", { number: STEPS.indexOf(step) + 1 })}</span>
          </h3>
        )}
        <div className="dis-body">
          {step === "held" && <HeldStep pieces={pieces} />}
          {step === "whom" && (
            <HeirStep
              leaver={employee.id}
              pieces={pieces}
              heir={heir}
              heirs={heirs}
              error={wrongHeir}
              onHeir={setHeir}
              onHeirs={setHeirs}
            />
          )}
          {step === "summary" && (
            <>
              <SummaryStep
                pieces={pieces}
                heir={heir}
                heirs={heirs}
                lastDay={lastDay}
                today={today}
                isBlocked={!employee.is_active}
                error={errors.last_day}
                onLastDay={setLastDay}
              />
              {wrongHeir && (
                <p className="fld-msg err" role="alert">
                  {wrongHeir}
                </p>
              )}
            </>
          )}
          {step === "outcome" && <Outcome told={told} />}
        </div>
        <div className="row dis-foot">
          {(step === "held" || step === "outcome") && (
            <Button look="quiet" onClick={onClose}>
              {t(step === "held" ? "cancel" : "close")}
            </Button>
          )}
          {(step === "whom" || step === "summary") && (
            <Button look="quiet" onClick={() => move(-1)}>
              {t("back")}
            </Button>
          )}
          <span className="grow" />
          {step === "outcome" && told.state !== "running" && hasMore && (
            <Button onClick={() => setStep("held")} data-testid="dismiss-again">
              {t("again")}
            </Button>
          )}
          {(step === "held" || step === "whom") && (
            <Button
              look="primary"
              disabled={step === "whom" && !isSettled(pieces, heir, heirs)}
              onClick={() => move(1)}
              data-testid="dismiss-next"
            >
              {t("next")}
            </Button>
          )}
          {step === "summary" && (
            <Button
              look="danger"
              busy={busy}
              disabled={!isDay(lastDay)}
              onClick={() => void confirm()}
              data-testid="dismiss-confirm"
            >
              {t(isLater ? "confirmLater" : employee.is_active ? "confirm" : "confirmOver")}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
