import { Link, useRouterState } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../../core/session/session";
import { dayText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { bannerOf, isLicensed, LICENCE_PAGE, MAY_LICENSE, MAY_PAY, PAYING } from "./banner";
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
  const canHelp = may(me, licensed ? MAY_LICENSE : MAY_PAY);
  const way = licensed ? LICENCE_PAGE : PAYING;
  const day = banner.until ? dayText(banner.until) : "";
  return (
    <section
      className={`paying tone-${banner.tone}`}
      aria-label={t("label")}
      data-testid="paying-banner"
    >
      <Icon name="circle-alert" />
      <span className="grow">
        {t(banner.text, { day })} {!canHelp && t(licensed ? "tellAdmin" : "tellOwner")}
      </span>
      {canHelp && address !== way && (
        <Link to={way as never} className="pay-go" data-testid="paying-go">
          {t(licensed ? "licence" : banner.text === "trialEnds" ? "choose" : "pay")}
        </Link>
      )}
    </section>
  );
}
