"""The evaluate command: options only; the work is done in evaluation/."""

from __future__ import annotations

from pathlib import Path

import click

from clickpose_app.cli_options import device_option, progress_bar, weights_option
from clickpose_app.core.thresholds import CORRECTABLE_SCORE


@click.command()
@click.argument("ground_truth", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that the file names in GROUND_TRUTH are relative to.",
)
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Score this COCO results file, of any tool, instead of the network.",
)
@click.option("--noc", is_flag=True, help="Count the clicks that correcting the network takes.")
@click.option(
    "--score-threshold",
    type=click.FloatRange(0, 1),
    default=CORRECTABLE_SCORE,
    show_default=True,
    help="For clicks: people of whom a tool is less certain are not there to be corrected.",
)
@weights_option
@device_option
@click.option(
    "--json",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the figures to this file, too.",
)
def evaluate(
    ground_truth: Path,
    images: Path | None,
    predictions: Path | None,
    noc: bool,
    score_threshold: float,
    weights: Path | None,
    device: str,
    out: Path | None,
) -> int:
    """Measure the network, or the results of any tool, on annotated images.

    GROUND_TRUTH is a COCO JSON file with keypoints. AP is between 0 and 1; -1 means that the
    data set has nobody of that size. In brackets are 95 % confidence intervals (bootstrap over
    images).

    --noc counts clicks per person until the pose is good (OKS 0.85, 0.90, 0.95): the joint
    furthest off is put in its place, and so on, while the network refines the others; and
    again without refinement, by hand. Somebody who was missed costs two clicks for a box and
    then corrections, by hand every labelled joint. It also counts rounds by the published
    protocol: one click on everybody on an image, until its AP reaches the level. With
    --predictions, clicks are always counted, by hand.

    \b
    Examples:
      clickpose evaluate person_keypoints.json --images val2017/ --json figures.json
      clickpose evaluate person_keypoints.json --images val2017/ --noc
      clickpose evaluate person_keypoints.json --predictions results.json
    """
    if (images is None) == (predictions is None):
        raise click.UsageError("Give either --images or --predictions, and not both.")
    from clickpose_app.evaluation.measure import measure_predictor, measure_results
    from clickpose_app.evaluation.noc_official import OfficialRules
    from clickpose_app.evaluation.noc_person import PersonRules
    from clickpose_app.evaluation.report import write_report

    rules = PersonRules(score_threshold=score_threshold)
    if predictions is not None:
        report = measure_results(ground_truth, predictions, rules)
    else:
        from clickpose_app.engine.loading import load_predictor

        assert images is not None
        predictor = load_predictor(weights, device)
        click.echo(f"{predictor.description}.", err=True)
        with progress_bar() as progress:
            report = measure_predictor(
                predictor,
                ground_truth,
                images,
                noc=rules if noc else None,
                official=OfficialRules() if noc else None,
                progress=progress,
            )
    click.echo(report.as_text())
    if out is not None:
        write_report(out, report)
    return 0
