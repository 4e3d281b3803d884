import { PlanDialog } from "../../../core/recurrence/PlanDialog";
import { UNPLANNED } from "../../../core/recurrence/recurrence";
import { TASKS } from "../task";
import { repeatAt, repeatTask } from "./makeTemplate";

interface RepeatDialogProps {
  taskId: number;
  onMade: (route: string) => void;
  onClose: () => void;
}

/** «Повторять»: nothing is made before the plan is saved, so whoever cancels leaves nothing behind. */
export function RepeatDialog({ taskId, onMade, onClose }: RepeatDialogProps) {
  return (
    <PlanDialog
      place={{ kind: TASKS, id: taskId, planAt: repeatAt(taskId) }}
      kept={UNPLANNED}
      onSave={async (body) => onMade(await repeatTask(taskId, body))}
      onClose={onClose}
    />
  );
}
