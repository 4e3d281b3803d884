import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../../api/contract";
import { sentenceOf } from "../../../../api/problem";
import { Button } from "../../../../ui/button";
import { Dialog } from "../../../../ui/dialog";
import { dateText } from "../../../../ui/format";
import { Failed, Waiting } from "../../../../ui/state";
import { say } from "../../../../ui/toast";
import { useSaving } from "../../saving";
import { DismissDialog } from "./DismissDialog";
import { callOff, useHandover } from "./handover";
import { type Handover, sayRunning } from "./told";
import "./dismissal.css";
import "./words";

/** The button that opens the wizard, and one line about a dismissal that is planned, goes on or is over. */
export function useDismissal(employee: EmployeeCard) {
  const { t } = useTranslation("dismissal");
  const [open, setOpen] = useState(false);
  const may = employee.can.block;
  // A working person's things are counted when somebody asks, a plan is told at once.
  const handover = useHandover(employee.id, may);
  const close = () => setOpen(false);
  const name = employee.full_name;
  const button = may && (
    <Button
      look={employee.is_active ? "danger" : "default"}
      onClick={() => {
        setOpen(true);
        void handover.refetch();
      }}
      data-testid="employee-dismiss"
    >
      {t(employee.is_active ? "open" : "openBlocked")}
    </Button>
  );
  const dialog =
    open &&
    (handover.data ? (
      <DismissDialog employee={employee} told={handover.data} onClose={close} />
    ) : (
      <Dialog title={t("title", { name })} width={560} onClose={close}>
        {handover.isError ? (
          <Failed text={sentenceOf(handover.error)} onRetry={() => void handover.refetch()} />
        ) : (
          <Waiting rows={4} />
        )}
      </Dialog>
    ));
  const note = may && handover.data && (
    <Note employee={employee} told={handover.data} onOpen={() => setOpen(true)} />
  );
  return { button, dialog, note };
}

interface NoteProps {
  employee: EmployeeCard;
  told: Handover;
  onOpen: () => void;
}

function Note({ employee, told, onOpen }: NoteProps) {
  const { t } = useTranslation("dismissal");
  const { busy, run } = useSaving();
  const { state, given } = told;
  if (state === "planned")
    return (
      <div className="dis-note" data-testid="dismiss-note">
        <span className="grow">
          <b>{t("planned", { day: dateText(`${told.last_day}T00:00:00`) })}</b>
        </span>
        <Button size="sm" onClick={onOpen}>
          {t("change")}
        </Button>
        <Button
          size="sm"
          busy={busy}
          onClick={() =>
            void run(async () => {
              await callOff(employee.id);
              say(t("calledOff"));
            })
          }
          data-testid="dismiss-call-off"
        >
          {t("callOff")}
        </Button>
      </div>
    );
  if (employee.is_active || state === "none") return null;
  return (
    <div className="dis-note" role="status" data-testid="dismiss-note">
      <span className="grow">
        <b>{t(state)}</b> {state === "running" ? sayRunning(told) : t("doneText", { given })}{" "}
        {state !== "running" && told.left > 0 && t("leftTitle", { count: told.left })}
      </span>
      <Button size="sm" onClick={onOpen}>
        {t("more")}
      </Button>
    </div>
  );
}
