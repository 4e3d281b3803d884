import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../../core/session/session";
import { dayText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { bannerOf, isLicensed, MAY_PAY, PAYING } from "./banner";
import "./paying.css";
import "./words";

/** Everybody who works here is told of a subscription that ends; whoever may pay is shown where. */
export function PayingBanner() {
  const { t } = useTranslation("paying");
  const me = useMe();
  const address = useRouterState({ select: (state) => state.location.pathname });
  const banner = bannerOf(me.allowance);
  if (!banner) return null;
  const licensed = isLicensed(me.allowance);
  const canPay = may(me, MAY_PAY) && !licensed;
  const day = banner.until ? dayText(banner.until) : "";
  return (
    <section
      className={`paying tone-${banner.tone}`}
      aria-label={t("label")}
      data-testid="paying-banner"
    >
      <Icon name="circle-alert" />
      <span className="grow">
        {t(banner.text, { day })} {!canPay && t(licensed ? "tellAdmin" : "tellOwner")}
      </span>
      {canPay && address !== PAYING && (
        <Link to={PAYING as never} className="pay-go" data-testid="paying-go">
          {t(banner.text === "trialEnds" ? "choose" : "pay")}
        </Link>
      )}
    </section>
  );
}
