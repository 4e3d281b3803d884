import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { submitTicket } from "../../api/ticket";
import { useMe } from "../../core/session/session";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { complain } from "../../ui/toast";
import "../words";
import { CompanyLogo } from "./CompanyLogo";

interface CompanyPlace {
  slug: string;
  name: string;
  host: string;
  current: boolean;
}

export function useCompanies(): CompanyPlace[] {
  const query = useQuery({
    queryKey: ["auth", "companies"],
    staleTime: 300_000,
    queryFn: () => get<{ results: CompanyPlace[] }>("auth/companies/"),
  });
  return query.data?.results ?? [];
}

/** To the same person's place in another company, with a one-time ticket. */
export async function moveTo(slug: string): Promise<void> {
  try {
    const { url, ticket } = await post<{ url: string; ticket: string }>("auth/switch/", { slug });
    submitTicket(url, ticket);
  } catch (error) {
    complain(sentenceOf(error));
  }
}

/** The company's name at the head of the rail; one who works in several moves between them here. */
export function CompanyMenu({ folded }: { folded: boolean }) {
  const { t } = useTranslation("app");
  const { company } = useMe();
  const companies = useCompanies();
  const several = companies.length > 1;
  const head = (
    <>
      <CompanyLogo name={company.name} logo={company.logo_url} />
      {!folded && <span className="co el grow">{company.name}</span>}
      {!folded && several && <Icon name="chevrons-up-down" size={14} />}
    </>
  );
  if (!several) return <div className="rail-head">{head}</div>;
  return (
    <div className="rail-head menu">
      <Menu
        label={t("companies")}
        width={240}
        trigger={(open) => (
          <button type="button" className="rail-co" {...open}>
            {head}
          </button>
        )}
        items={companies.map((place) => ({
          key: place.slug,
          title: place.name,
          checked: place.current,
          run: () => {
            if (!place.current) void moveTo(place.slug);
          },
        }))}
      />
    </div>
  );
}
