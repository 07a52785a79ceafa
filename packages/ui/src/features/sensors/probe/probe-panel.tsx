import type { ProbeCandidateView } from "@ecolocal/core/api";
import { useEffect, useState } from "react";
import { useNow } from "../../../client/index.ts";
import { Button, Chip, FailureNotice, Progress } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import type { Found } from "../add/use-add-form.ts";
import css from "./probe.module.css";
import { RawView } from "./raw-view.tsx";
import { type Probe, type ProbeReport, useProbe } from "./use-probe.ts";

interface ProbePanelProps {
  readonly port: string;
  readonly onUse: (found: Found) => void;
  /** Told when this listens to the port, and when it no longer does. */
  readonly onListening: (listening: boolean) => void;
}

/** Finds out what is plugged in: listens first, and asks only after a yes. */
export function ProbePanel({ port, onUse, onListening }: ProbePanelProps) {
  const { t } = useText();
  const probe = useProbe(port);
  const [looking, setLooking] = useState(false);
  const listens = probe.running || looking;
  useEffect(() => {
    onListening(listens);
    return () => onListening(false);
  }, [listens, onListening]);
  const use = (found: Found): void => {
    setLooking(false);
    onUse(found);
  };
  const idle = !probe.running && probe.report === null && probe.failure === null;
  return (
    <div className={css["panel"]}>
      {idle && !looking && (
        <div className={css["row"]}>
          <Button icon="search" onPress={() => probe.start(false)}>
            {t("probe.start")}
          </Button>
          <Button look="quiet" onPress={() => setLooking(true)}>
            {t("probe.showRaw")}
          </Button>
        </div>
      )}
      {idle && !looking && <p className={css["hint"]}>{t("probe.startHint")}</p>}
      {probe.running && <ProbeProgress probe={probe} />}
      {probe.failure && <FailureNotice failure={probe.failure} onRetry={() => probe.start(false)} />}
      {probe.report && !looking && (
        <ProbeResult
          report={probe.report}
          onUse={use}
          onAsk={() => probe.start(true)}
          onAgain={() => probe.start(false)}
          onShow={() => setLooking(true)}
        />
      )}
      {looking && (
        <RawView
          port={port}
          onUse={use}
          onClose={() => {
            setLooking(false);
            probe.stop();
          }}
        />
      )}
    </div>
  );
}

const MS_PER_SECOND = 1000;

function ProbeProgress({ probe }: { readonly probe: Probe }) {
  const { t, formats } = useText();
  const now = useNow(MS_PER_SECOND / 2);
  const { step } = probe;
  if (step === null) return <p className={css["hint"]}>{t("probe.opening")}</p>;
  const passed = Math.min(step.listenMs, Math.max(0, now - probe.stepSince));
  const label = t("probe.progress", {
    speed: t("add.baud", { rate: step.serial.baudRate }),
    step: step.index + 1,
    steps: step.count,
    rest: formats.duration(Math.max(MS_PER_SECOND, step.listenMs - passed)),
  });
  return (
    <div className={css["progress"]}>
      <p>{label}</p>
      <Progress value={step.index + passed / Math.max(1, step.listenMs)} max={step.count} label={label} />
      <div>
        <Button size="s" onPress={probe.stop}>
          {t("probe.stop")}
        </Button>
      </div>
    </div>
  );
}

interface ProbeResultProps {
  readonly report: ProbeReport;
  readonly onUse: (found: Found) => void;
  readonly onAsk: () => void;
  readonly onAgain: () => void;
  readonly onShow: () => void;
}

function ProbeResult({ report, onUse, onAsk, onAgain, onShow }: ProbeResultProps) {
  const { t } = useText();
  if (report.candidates.length > 0) {
    return (
      <ul className={css["candidates"]}>
        {report.candidates.map((candidate) => (
          <Candidate
            key={`${candidate.driverId}/${candidate.serial.baudRate}`}
            candidate={candidate}
            onUse={() =>
              onUse({
                driverId: candidate.driverId,
                serial: candidate.serial,
                mapping: candidate.confidence === "possible" ? report.mapping : [],
              })
            }
          />
        ))}
      </ul>
    );
  }
  const mayAsk = report.notAskedBecause === "no-consent" && report.bytesHeard === 0;
  return (
    <div className={css["nothing"]}>
      <p>{nothingText(report, t)}</p>
      {report.problem && <FailureNotice failure={report.problem} />}
      {mayAsk && <p className={css["hint"]}>{t("probe.askHint")}</p>}
      <div className={css["row"]}>
        {mayAsk && (
          <Button icon="help" onPress={onAsk}>
            {t("probe.ask")}
          </Button>
        )}
        {report.bytesHeard > 0 && <Button onPress={onShow}>{t("probe.showRaw")}</Button>}
        <Button icon="refresh" look="quiet" onPress={onAgain}>
          {t("probe.again")}
        </Button>
      </div>
    </div>
  );
}

function nothingText({ bytesHeard, asked }: ProbeReport, t: ReturnType<typeof useText>["t"]): string {
  if (bytesHeard > 0) return t("probe.unknown", { bytes: bytesHeard });
  return t(asked ? "probe.silentAsked" : "probe.silent");
}

const TONES = { certain: "good", likely: "info", possible: "warn" } as const;
const SHOWN_READINGS = 4;

interface CandidateProps {
  readonly candidate: ProbeCandidateView;
  readonly onUse: () => void;
}

function Candidate({ candidate, onUse }: CandidateProps) {
  const { t, formats } = useText();
  const { title, confidence, framesOk, framesBad, identity, asked, readings } = candidate;
  return (
    <li className={css["candidate"]}>
      <div className={css["candidateHead"]}>
        <strong>{title}</strong>
        <Chip tone={TONES[confidence]}>{t(`probe.confidence.${confidence}`)}</Chip>
      </div>
      <p className={css["hint"]}>
        {t("probe.evidence", { good: framesOk, bad: framesBad })}
        {identity !== null && ` ${t("probe.identity", { identity })}`}
        {asked && ` ${t("probe.wasAsked")}`}
      </p>
      {readings.length > 0 && (
        <ul className={css["values"]}>
          {readings.slice(0, SHOWN_READINGS).map(({ quantity, channel, value }) => (
            <li key={`${quantity}/${channel ?? ""}`}>
              <span>{t(`quantity.${quantity}`)}</span> <strong>{formats.valueWithUnit(value, quantity)}</strong>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button size="s" look="primary" onPress={onUse}>
          {t("probe.use")}
        </Button>
      </div>
    </li>
  );
}
