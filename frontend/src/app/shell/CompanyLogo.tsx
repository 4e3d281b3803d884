import { useState } from "react";

interface CompanyLogoProps {
  name: string;
  logo: string | null;
  big?: boolean;
}

const initialsOf = (name: string): string =>
  name
    .replace(/[«»"]/g, "")
    .split(/\s+/)
    .filter((word) => !/^(ООО|АО|ПАО|ИП|ЗАО|НКО)$/i.test(word))
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("")
    .toUpperCase();

/** The company's picture, or its initials: when it has none, and when the picture does not come. */
export function CompanyLogo({ name, logo, big }: CompanyLogoProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const size = big ? "logo big" : "logo";
  if (!logo || logo === broken) {
    return (
      <span className={size} aria-hidden>
        {initialsOf(name)}
      </span>
    );
  }
  return (
    <span className={`${size} pic`} aria-hidden>
      <img src={logo} alt="" onError={() => setBroken(logo)} data-testid="company-logo" />
    </span>
  );
}
