import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Mark } from "../ui/logo";
import classes from "./message-page.module.css";

export function NotFoundPage() {
  return (
    <div className={classes.page}>
      <Mark size={40} />
      <h1>Nothing is moored here</h1>
      <p>The address is wrong, or what it named was removed.</p>
      <Button component={Link} to="/services" variant="default">
        All services
      </Button>
    </div>
  );
}
