using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>The work of <see cref="ConstantSnapper"/> on one formula and its data.</summary>
internal sealed class SnapRun(IReadOnlyList<string> variables, double[] rows, double[] targets, SnapOptions options, CancellationToken cancellation)
{
    private const int TrialEvaluations = 12, FarTrialEvaluations = 30;

    // Beyond it the variance of a constant, relative to what it would be alone, says that the data do not see it: others can take its place.
    private const double LargestInflation = 1e10;
    private const double Tolerance = 1e-10;

    // In nats: what a number costs beyond its leading digits, and what a term that is dropped saves beyond its number.
    private const double DigitCost = 1.4, TermCost = 6;

    private readonly Dictionary<double, Expression> _exact = [];
    private readonly HashSet<(int Index, double Value)> _refused = [];
    private double _first, _variance;

    /// <summary>What was replaced so far.</summary>
    public List<SnappedConstant> Snapped { get; } = [];

    /// <summary>Fits all constants, which sets the scale of chance; returns the fitted formula.</summary>
    public Expression Start(Expression formula)
    {
        var model = new ConstantModel(formula, variables);
        var fit = new ConstantFit(model, rows, targets);
        if (fit.Start([.. model.Start]))
            fit.Minimise(options.MaxIterations, Tolerance, cancellation);
        double floor = options.NoiseFloor * FormulaData.Scale(targets);
        _first = fit.Cost;
        _variance = Math.Max(_first / Math.Max(1, targets.Length - model.Count), floor * floor);
        return double.IsFinite(_first) ? model.With(fit.Theta) : formula;
    }

    /// <summary>Whether an error is within what all replacements together may cost.</summary>
    public bool Allows(double rmse) => rmse * rmse * targets.Length - _first <= TotalThreshold(Snapped.Count + 1) * _variance;

    /// <summary>Replaces what it can; a dropped term changes the formula and ends the pass. Returns whether another pass may help.</summary>
    public bool Pass(ref Expression formula)
    {
        var model = new ConstantModel(formula, variables);
        var fit = new ConstantFit(model, rows, targets);
        double[] start = [.. model.Start];
        var constants = new Expression[start.Length];
        for (int index = 0; index < start.Length; index++)
            fit.Held[index] = _exact.TryGetValue(start[index], out constants[index]!);
        if (!fit.Start(start))
            return false;
        fit.Minimise(options.MaxIterations, Tolerance, cancellation, Enough);
        _refused.Clear();
        bool dropped = false;
        while (!dropped && !cancellation.IsCancellationRequested && Best(fit) is { } choice)
        {
            if (!Try(fit, choice))
                continue;
            constants[choice.Index] = choice.Number.Exact;
            _exact[choice.Number.Value] = choice.Number.Exact;
            dropped = choice.Number.Value == 0;
        }

        for (int index = 0; index < constants.Length; index++)
            constants[index] ??= Expression.Number(fit.Theta[index]);
        formula = model.With(constants);
        return dropped;
    }

    private double Enough => _first + 0.02 * _variance;

    /// <summary>The replacement that saves most, if any saves enough.</summary>
    private Choice? Best(ConstantFit fit)
    {
        double[] inverse = fit.InverseCurvature();
        var numbers = new List<SimpleNumber>();
        Choice? best = null;
        for (int index = 0; index < fit.Theta.Length; index++)
        {
            if (fit.Held[index])
                continue;
            double value = fit.Theta[index];
            bool unseen = fit.Inflation(inverse, index) > LargestInflation;
            double error = unseen ? double.PositiveInfinity : Math.Sqrt(inverse[index * (fit.Theta.Length + 1)] * _variance);
            numbers.Clear();
            Propose(value, error, numbers);
            double digits = Math.Log(Math.Max(Math.Abs(value) / error, 1)) + DigitCost;
            foreach (SimpleNumber number in numbers)
            {
                double misfit = Square((number.Value - value) / error);
                bool drops = number.Value == 0 || (unseen && Math.Abs(number.Value) == 1);
                double saving = digits + (drops ? TermCost : 0) - number.Cost - misfit / 2;
                if (saving >= options.MinimumSaving && saving > (best?.Saving ?? 0) && !_refused.Contains((index, number.Value)))
                    best = new Choice(index, number, saving, error, inverse);
            }
        }

        return best;
    }

    private void Propose(double value, double error, List<SimpleNumber> numbers)
    {
        double reach = Math.Sqrt(options.Threshold) * error;
        if (Math.Abs(value) <= reach)
            numbers.Add(new SimpleNumber(Expression.Zero, 0, 0));
        double one = value < 0 ? -1 : 1;
        if (Math.Abs(value - one) <= reach)
            numbers.Add(new SimpleNumber(Expression.Number(one), one, 0));
        foreach (double width in (ReadOnlySpan<double>)[reach, error])
        {
            // Away from 0, which has its own proposal.
            double narrow = Math.Min(width, 0.5 * Math.Abs(value));
            SimpleNumbers.Find(value - narrow, value + narrow, numbers);
        }
    }

    /// <summary>Sets the constant, fits the others anew and looks at the residuals; goes back if they do not allow it.</summary>
    private bool Try(ConstantFit fit, Choice choice)
    {
        ConstantFit.State state = fit.Save();
        int count = fit.Theta.Length, at = choice.Index;
        double fitted = fit.Theta[at], change = choice.Number.Value - fitted;
        double[] moved = [.. fit.Theta];
        for (int index = 0; index < count; index++)
        {
            double share = choice.Inverse[index * count + at] / choice.Inverse[at * (count + 1)];
            moved[index] = index == at ? choice.Number.Value : fit.Held[index] || !double.IsFinite(share) ? moved[index] : moved[index] + change * share;
        }

        fit.Held[at] = true;
        double[] plain = [.. state.Theta];
        plain[at] = choice.Number.Value;
        bool near = double.IsFinite(choice.Error);
        if ((near && fit.Start(moved)) || fit.Start(plain))
            fit.Minimise(near ? TrialEvaluations : FarTrialEvaluations, Tolerance, cancellation, Math.Max(state.Cost, Enough));
        double misfit = (fit.Cost - state.Cost) / _variance;
        if (misfit <= options.Threshold && (fit.Cost - _first) / _variance <= TotalThreshold(Snapped.Count + 1))
        {
            Snapped.Add(new SnappedConstant(fitted, choice.Error, choice.Number.Exact, Math.Max(misfit, 0)));
            return true;
        }

        fit.Restore(state);
        fit.Held[at] = false;
        _refused.Add((at, choice.Number.Value));
        return false;
    }

    /// <summary>χ² that is exceeded by chance once in a thousand, by the cube root of E. B. Wilson and M. M. Hilferty (1931).</summary>
    private static double TotalThreshold(int degrees)
    {
        double spread = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - spread + 3.09 * Math.Sqrt(spread), 3);
    }

    private static double Square(double value) => value * value;

    private sealed record Choice(int Index, SimpleNumber Number, double Saving, double Error, double[] Inverse);
}
