import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Wishes } from "../../../api/contract";
import { useMe } from "../../../core/session/session";
import { Icon } from "../../../ui/icon";
import { refreshWishes } from "../notices/wishes";
import { PhoneProof } from "./PhoneProof";
import "./words";

/** Whether messages can go to one's telephone at all. */
export const hasPhone = ({ reach }: Wishes): boolean =>
  reach.phone !== "" && (reach.phone_is_proved || !reach.sms_needs_proof);

/** Why no SMS come to me, or that nobody has made sure of my number, and the way to mend it. */
export function PhoneNote({ wishes }: { wishes: Wishes }) {
  const { t } = useTranslation("phone");
  const { phone, sms_is_on, phone_is_proved, sms_needs_proof } = wishes.reach;
  if (!sms_is_on || phone_is_proved) return null;
  const unproved = `${t("unproved", { phone })} ${t(sms_needs_proof ? "silent" : "unsure")}`;
  return (
    <div className="notice tone-amber phone-note" data-testid="phone-note">
      <Icon name="smartphone" />
      <span className="grow">{phone ? unproved : t("noPhone")}</span>
      {phone ? <PhoneProof phone={phone} onProved={refreshWishes} /> : <ToCard />}
    </div>
  );
}

function ToCard() {
  const { t } = useTranslation("phone");
  const { id } = useMe();
  return id === null ? null : <Link to={`/settings/people/${id}` as never}>{t("toCard")}</Link>;
}
