import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { patch } from "../../../api/request";
import { sendOne } from "../../../core/attachments/choose";
import { PictureButton } from "../../../core/attachments/PictureButton";
import { useSaving } from "../saving";
import "./words";

interface PhotoProps {
  employee: EmployeeCard;
  onSaved: (fresh: EmployeeCard) => Promise<void>;
}

/** Another face for the card: sent, checked, put there. */
export function PhotoButton({ employee, onSaved }: PhotoProps) {
  const { t } = useTranslation("staff");
  const { busy, run } = useSaving();
  const send = (file: File) =>
    run(async () => {
      const photo = await sendOne(`employees/${employee.id}/attachments/`, file);
      await onSaved(await patch<EmployeeCard>(`employees/${employee.id}/`, { photo_id: photo }));
    });
  return (
    <PictureButton
      label={t("photo")}
      hint={t("photoHint")}
      busy={busy}
      onChoose={(file) => void send(file)}
      name="photo"
    >
      {t("photo")}
    </PictureButton>
  );
}
