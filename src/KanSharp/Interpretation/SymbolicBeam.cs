using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>
/// Layer by layer, inputs first: functions take the place of the edges, everything that depends on them is fitted anew, and what raises the error too much is taken back.
/// </summary>
internal sealed class SymbolicBeam(
    SymbolicData data, SymbolicData few, EdgeChoices choices, SymbolicSearchOptions options, List<SymbolicStep> steps, CancellationToken cancellation)
{
    /// <summary>The symbolic networks at the end, the best first; fewer or none if it was cancelled.</summary>
    public IReadOnlyList<KanNetwork<double>> Run(KanNetwork<double> network, double before)
    {
        double allowed = Math.Max(options.Tolerance * before, HallOfFame.NumericalZero * data.Scales.Max());
        List<Partial> states = [new Partial(network, before, 0)];
        for (int layer = 0; layer < network.Stages.Count; layer++)
        {
            var next = new List<Partial>();
            foreach (Partial state in states)
                Extend(state, layer, allowed, next);
            if (next.Count == 0)
                return [];

            // All are taken back if none is good enough but the least harmful one: without it there is no formula.
            List<Partial> kept = [.. next.Where(partial => partial.Rmse <= allowed)];
            if (kept.Count == 0)
                kept = [next.MinBy(partial => partial.Rmse)!];
            states = [.. kept.OrderBy(partial => partial.Score(data.Scales.Max())).Take(options.Beam)];
        }

        return [.. states.Select(state => state.Network)];
    }

    /// <summary>A copy of a network after some steps of Levenberg-Marquardt on the training samples; as it was, where they do not lower its error.</summary>
    public static KanNetwork<double> Refit(KanNetwork<double> network, SymbolicData data, int count, Executor? executor, CancellationToken cancellation)
    {
        KanNetwork<double> fitted = network.Clone();
        if (count == 0 || !double.IsFinite(data.Rmse(network)))
            return fitted;
        var fit = new FitOptions { Optimizer = new LevenbergMarquardt(), Epochs = count, BatchSize = 0, Shuffle = false, Executor = executor };
        Trainer.Fit(fitted, new TrainingData<double>(data.Inputs, data.Targets), fit, cancellation: cancellation);
        return data.Rmse(fitted) <= data.Rmse(network) ? fitted : network.Clone();
    }

    private void Extend(Partial state, int layer, double allowed, List<Partial> next)
    {
        IReadOnlyList<SymbolicEdgeFit> edges = choices.Fit(state.Network, few.Inputs, layer);
        if (edges.Count == 0)
        {
            next.Add(state);
            return;
        }

        if (EdgeChoices.Missing(edges) is not null)
            return;
        foreach (EdgeFormula[] functions in choices.Combinations(edges, options.Beam))
        {
            if (cancellation.IsCancellationRequested)
                return;
            KanNetwork<double> snapped = state.Network.WithSymbolicEdges(functions);
            double error = data.Rmse(snapped);
            KanNetwork<double> fitted = Refit(snapped, data, options.RefitSteps, options.Executor, cancellation);
            double after = data.Rmse(fitted);
            bool takenBack = !(after <= allowed);
            steps.Add(new SymbolicStep(layer, functions, state.Rmse, error, after, takenBack, $"Layer {layer}: {EdgeChoices.Describe(functions)}{(takenBack ? ", taken back" : "")}."));
            if (double.IsFinite(after))
                next.Add(new Partial(fitted, after, state.Complexity + functions.Sum(function => function.Function.Complexity)));
        }
    }

    /// <param name="Network">Symbolic up to a layer.</param>
    /// <param name="Rmse">Its error.</param>
    /// <param name="Complexity">That of its functions together.</param>
    private sealed record Partial(KanNetwork<double> Network, double Rmse, int Complexity)
    {
        // A unit of complexity has to lower the squared error by a factor of about two.
        public double Score(double scale) => 2 * Math.Log2(Math.Max(Rmse / scale, HallOfFame.NumericalZero)) + Complexity;
    }
}
