import { IconCheck, IconLoader2, IconMinus, IconX } from "@tabler/icons-react";
import type { Step } from "../api/types";
import { Elapsed } from "../ui/ago";
import { statusWord } from "../util/status";
import { stepLabel } from "../util/steps";
import classes from "./step-timeline.module.css";

interface Props {
  /** The accessible name of the list, such as “Build steps”. */
  label: string;
  steps: Step[];
}

const icons = { running: IconLoader2, succeeded: IconCheck, failed: IconX, cancelled: IconMinus };

/** What was done, in order, with each step's share of the whole time. */
export function StepTimeline({ label, steps }: Props) {
  const start = Math.min(...steps.map((step) => Date.parse(step.startedAt ?? "")).filter(Number.isFinite));
  const end = Math.max(...steps.map((step) => endOf(step)));
  const whole = Math.max(1, end - start);
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step) => {
        const Icon = icons[step.status];
        const from = Date.parse(step.startedAt ?? "");
        return (
          <li
            key={`${step.name} ${step.attempt} ${step.startedAt}`}
            className={classes.step}
            data-status={step.status}
          >
            <span className={classes.icon}>
              <Icon size={12} stroke={2.6} aria-hidden="true" />
              <span className="visually-hidden">{statusWord(step.status)}: </span>
            </span>
            <span className={classes.what}>
              <span className={classes.name}>{stepLabel(step.name)}</span>
              {step.attempt > 1 && <span className={classes.attempt}>attempt {step.attempt}</span>}
              {step.detail && <span className={classes.detail}>{step.detail}</span>}
            </span>
            <svg className={classes.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect className={classes.track} width="100" height="4" />
              <rect
                x={Math.min(98.5, ((from - start) / whole) * 100)}
                width={Math.max(1.5, ((endOf(step) - from) / whole) * 100)}
                height="4"
              />
            </svg>
            <span className={classes.time}>
              {step.startedAt && <Elapsed from={step.startedAt} to={step.finishedAt} />}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const endOf = (step: Step) => (step.finishedAt ? Date.parse(step.finishedAt) : Date.now());
