import { CloseButton, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useLostOrganization } from "../../access/use-organization";
import { itemsOf, useWhole } from "../../api/paged";
import { isMissing } from "../../api/problem";
import { polling, servicesQuery, templatesQuery } from "../../api/queries";
import type { ServiceStatus } from "../../api/types";
import { NewServiceLink } from "../../components/new-service-link";
import { EmptyState } from "../../ui/empty-state";
import { PageHeader } from "../../ui/page-header";
import { ShowMore } from "../../ui/show-more";
import { serviceStatuses, statusWord } from "../../util/status";
import { useTextInUrl } from "../../util/use-text-in-url";
import { ErrorPage } from "../error-page";
import { NotFoundPage } from "../not-found-page";
import { FirstDeploy } from "./first-deploy";
import { ServiceList } from "./service-list";
import classes from "./services-page.module.css";

/** In place of the page where its first look failed. */
export function ServicesUnread(props: ErrorComponentProps) {
  useLostOrganization(props.error);
  return <ErrorPage {...props} />;
}

export function ServicesPage() {
  const filter = useSearch({ from: "/console/services" });
  const query = useInfiniteQuery({
    ...servicesQuery(filter),
    refetchInterval: polling(),
    placeholderData: keepPreviousData,
  });
  const services = itemsOf(query.data);
  const filtered = Boolean(filter.search || filter.status || filter.template);

  useLostOrganization(query.error);

  if (isMissing(query.error)) {
    return <NotFoundPage />;
  }
  if (query.data && services.length === 0 && !filtered) {
    return <FirstDeploy />;
  }
  return (
    <>
      <PageHeader title="Services" actions={<NewServiceLink />} />
      <Filter />
      {services.length > 0 ? (
        <ServiceList services={services} />
      ) : (
        query.data && (
          <div className={classes.nothing}>
            <EmptyState title="No service matches">
              <p>Nothing has all of this at the moment.</p>
              <Link to="/services" search={{}} className={classes.clear}>
                Clear filter
              </Link>
            </EmptyState>
          </div>
        )
      )}
      <ShowMore query={query} />
    </>
  );
}

/** Search, status and template; all live in the URL, so that a view can be linked. */
function Filter() {
  const { search, status, template } = useSearch({ from: "/console/services" });
  const navigate = useNavigate({ from: "/services" });
  const templates = useWhole(templatesQuery());
  const { text, change } = useTextInUrl(
    search ?? "",
    (value) => navigate({ search: (before) => ({ ...before, search: value || undefined }), replace: true }),
    200,
  );

  return (
    <search className={classes.filter}>
      <TextInput
        className={classes.search}
        aria-label="Search services"
        placeholder="Search by name"
        leftSection={<IconSearch size={15} />}
        rightSection={text && <CloseButton size="sm" aria-label="Clear search" onClick={() => change("")} />}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Select
        className={classes.status}
        aria-label="Status"
        placeholder="Any status"
        clearable
        clearButtonProps={{ "aria-label": "Clear status" }}
        data={serviceStatuses.map((value) => ({ value, label: statusWord(value) }))}
        value={status ?? null}
        onChange={(value) =>
          navigate({
            search: (before) => ({ ...before, status: (value as ServiceStatus | null) ?? undefined }),
          })
        }
      />
      {(templates.length > 0 || template) && (
        <Select
          className={classes.status}
          aria-label="Template"
          placeholder="Any template"
          clearable
          clearButtonProps={{ "aria-label": "Clear template" }}
          data={templates.map(({ id, name }) => ({ value: id, label: name }))}
          value={template ?? null}
          onChange={(value) =>
            navigate({ search: (before) => ({ ...before, template: value ?? undefined }) })
          }
        />
      )}
    </search>
  );
}
