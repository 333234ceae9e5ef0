import { Button } from "@mantine/core";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ApiError, sentenceOf } from "../api/problem";
import { Mark } from "../ui/logo";
import classes from "./message-page.module.css";
import { NotFoundPage } from "./not-found-page";

/** What a page becomes when it cannot be read. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  if (error instanceof ApiError && error.status === 404) {
    return <NotFoundPage />;
  }
  const retry = () => {
    reset();
    router.invalidate();
  };
  return (
    <div className={classes.page} role="alert">
      <Mark size={40} />
      <h1>This page could not be read</h1>
      <p>{sentenceOf(error)}</p>
      <Button onClick={retry}>Try again</Button>
    </div>
  );
}
