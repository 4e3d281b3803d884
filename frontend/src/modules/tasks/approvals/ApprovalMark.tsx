import { useTranslation } from "react-i18next";
import { Tag } from "../../../ui/marks";
import type { TaskRow } from "../task";
import { TONES } from "./approvals";
import "./words";

/** How a draft of a list stands with whoever approves it. */
export function ApprovalMark({ row }: { row: TaskRow }) {
  const { t } = useTranslation("approvals");
  if (!row.approval) return null;
  return <Tag tone={TONES[row.approval]}>{t(row.approval)}</Tag>;
}
