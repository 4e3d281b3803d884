import { Link } from "@tanstack/react-router";
import { Icon, type IconName } from "../../ui/icon";
import "./lists.css";

interface HeadLinkProps {
  to: string;
  icon: IconName;
  title: string;
  testId: string;
}

/** A neighbouring screen in the head of a list; a phone has room for its drawing only. */
export function HeadLink({ to, icon, title, testId }: HeadLinkProps) {
  return (
    <Link
      to={to as never}
      className="btn quiet head-link"
      aria-label={title}
      title={title}
      data-testid={testId}
    >
      <Icon name={icon} />
      <span>{title}</span>
    </Link>
  );
}
