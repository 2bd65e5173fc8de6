using System.Globalization;
using KanSharp.Symbolics;

namespace KanSharp.Interpretation;

/// <summary>
/// Fits c·f(a·x + b) + d to the curve of an edge for every function of a catalogue and ranks them by description length: a coarse scan over what c and d
/// can not take up, then variable projection from the best starts.
/// </summary>
/// <remarks>Functions that are the same up to affine maps, as sin and cos, are fitted once, by the simplest of them.</remarks>
public static class EdgeFitter
{
    private const int DraftPoints = 256;
    private const int Starts = 5, DraftIterations = 12, FinalStarts = 2, FinalIterations = 30;

    // A start that explains less is not worth a draft, a draft so far below the floor not a refinement on all points.
    private const double StartR2 = 0.3, DraftMargin = 0.02;

    /// <summary>A smooth curve over a pole does not reach this; one that does has the pole itself.</summary>
    private const double PoleR2 = 0.9999;

    // A second draft that leaves more times as much as the best one is none.
    private const double RivalMisfit = 3;

    // In units of complexity: how far behind the best a function may end at the least.
    private const double HopelessMargin = 1.5;

    // Half of |a|·range below which a curve is its own Taylor polynomial.
    private const double LeastSlope = 1e-3;

    private const double LargestCancellation = 1e7;

    /// <summary>Fits all functions.</summary>
    /// <param name="x">Where the edge is, one value per sample: where there are many samples they weigh more.</param>
    /// <param name="y">Its values there.</param>
    /// <param name="weights">Positive weights; none (default) for equal ones.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="cancellationToken">Ends with the functions fitted so far.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are fewer than 3 points, or a value is not finite.</exception>
    public static EdgeFit Fit(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights = default, EdgeFitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new EdgeFitOptions();
        return Fit(new EdgeLibrary(options.Catalog), x, y, weights, options, cancellationToken);
    }

    internal static EdgeFit Fit(
        EdgeLibrary library, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights, EdgeFitOptions options,
        CancellationToken cancellationToken)
    {
        Check(x, y, weights);
        CurveSample sample = CurveSample.Of(x, y, weights, options.MaxPoints);
        double largest = Math.Max(Math.Abs(sample.Y.Min()), Math.Abs(sample.Y.Max()));
        if (!(Math.Sqrt(sample.Variance) > 1e-13 * largest))
        {
            CatalogFunction identity = FunctionCatalog.Standard["x"];
            return Ended([new EdgeCandidate(identity, 1, 0, 0, sample.Mean, double.NaN, 1, Math.Sqrt(sample.Variance), 0, 0)], [], options, "The curve is constant.");
        }

        if (!(sample.Range > 0))
            return Ended([], [], options, "All points have the same x: there is no curve to fit.");
        var candidates = new List<EdgeCandidate>();
        var rejected = new List<EdgeRejection>();
        CurveSample draft = sample.Thin(DraftPoints);
        foreach ((CatalogFunction function, FunctionTraits traits) in library.Entries)
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            if (traits.Constant)
            {
                rejected.Add(new EdgeRejection(function, "It is constant, the curve is not."));
                continue;
            }

            double least = Score(function, traits, 1, options) - HopelessMargin * options.BitsPerComplexity;
            if (options.SkipHopeless && candidates.Any(candidate => candidate.Score < least))
            {
                rejected.Add(new EdgeRejection(function, "It could not come near the best one, however well it fits."));
                continue;
            }

            List<EdgeShape> starts = new ShapeScan(function, traits, sample, options.MaxPhase).Starts(Starts);
            if (starts.Count == 0)
            {
                rejected.Add(new EdgeRejection(function, $"No a, b keep a·x + b in its domain ({function.Domain.Text}) over the data, {Range(sample)}."));
                continue;
            }

            var fit = new ShapeFit(function, traits, draft);
            int iterations = 1 - starts[0].Misfit > StartR2 ? DraftIterations : 0;
            List<EdgeShape> drafts = [.. starts.Select(start => fit.Refine(start, iterations)).OrderBy(shape => shape.Misfit).Take(FinalStarts)];
            if (1 - drafts[0].Misfit > options.MinimumR2 - DraftMargin)
            {
                var final = new ShapeFit(function, traits, sample);
                drafts = [.. drafts.Where(shape => shape.Misfit <= RivalMisfit * drafts[0].Misfit + 1e-12)
                    .Select(shape => final.Refine(shape, FinalIterations)).OrderBy(shape => shape.Misfit)];
            }

            if (!traits.Linear && !traits.ScaleFree && Math.Abs(drafts[0].Slope) < LeastSlope)
                rejected.Add(new EdgeRejection(function, "It comes close only where it is hardly curved, as a polynomial would."));
            else
                Judge(function, traits, EdgeForm.Canonical(function, traits, sample, drafts[0]), sample, options, candidates, rejected);
        }

        return Ended(candidates, rejected, options, cancellationToken.IsCancellationRequested ? "Cancelled; functions are missing." : "");
    }

    private static void Judge(
        CatalogFunction function, FunctionTraits traits, EdgeForm? form, CurveSample sample, EdgeFitOptions options, List<EdgeCandidate> candidates,
        List<EdgeRejection> rejected)
    {
        if (form is null)
        {
            rejected.Add(new EdgeRejection(function, $"It has no finite values over the data, {Range(sample)}, or does not change there."));
            return;
        }

        double r2 = 1 - form.Error / sample.Variance;
        double low = Math.Min(form.A * sample.Low, form.A * sample.High) + form.B, high = Math.Max(form.A * sample.Low, form.A * sample.High) + form.B;
        if (r2 < PoleR2 && !function.Domain.ContainsInterval(low, high, valueOnly: true))
        {
            rejected.Add(new EdgeRejection(function, $"It leaves its domain ({function.Domain.Text}) between points of the data, {Range(sample)}."));
            return;
        }

        if (Math.Abs(form.D - sample.Mean) > LargestCancellation * Math.Sqrt(sample.Variance))
        {
            rejected.Add(new EdgeRejection(function, "It comes close only as the small difference of large numbers."));
            return;
        }

        candidates.Add(new EdgeCandidate(
            function, form.A, form.B, form.C, form.D, form.Exponent, r2, Math.Sqrt(form.Error), function.Complexity, Score(function, traits, r2, options)));
    }

    private static double Score(CatalogFunction function, FunctionTraits traits, double r2, EdgeFitOptions options)
    {
        double constants = traits.Parameters + (function.HasExponent ? 1 : 0);
        return 0.5 * options.EffectivePoints * Math.Log2(Math.Max(1 - r2, 0) + options.NoiseFloor) + options.BitsPerComplexity * (function.Complexity + constants / 2);
    }

    private static EdgeFit Ended(List<EdgeCandidate> candidates, List<EdgeRejection> rejected, EdgeFitOptions options, string note)
    {
        EdgeCandidate[] ranked = [.. candidates.OrderBy(candidate => candidate.R2 >= options.MinimumR2 ? 0 : 1).ThenBy(candidate => candidate.Score)];
        int passing = ranked.Count(candidate => candidate.R2 >= options.MinimumR2);
        string outcome = passing > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{ranked[0].Function.Name} with R² = {ranked[0].R2:G8}; {passing} functions reach R² = {options.MinimumR2:G6}.")
            : ranked.Length > 0
                ? string.Create(CultureInfo.InvariantCulture, $"No candidate reaches R² = {options.MinimumR2:G6}; the best is {ranked.MaxBy(candidate => candidate.R2)!.Function.Name} with {ranked.Max(candidate => candidate.R2):G6}.")
                : "No function is a candidate.";
        return new EdgeFit { Candidates = ranked, Rejected = rejected, Passing = passing, Message = note.Length > 0 ? $"{note} {outcome}" : outcome };
    }

    private static string Range(CurveSample sample) => string.Create(CultureInfo.InvariantCulture, $"x = {sample.Low:G6} … {sample.High:G6}");

    private static void Check(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        if (x.Length != y.Length || (!weights.IsEmpty && weights.Length != x.Length))
            throw new ArgumentException($"There are {x.Length} places, {y.Length} values and {weights.Length} weights; all must be equal (weights may be left out).");
        if (x.Length < 3)
            throw new ArgumentException($"There are {x.Length} points; a curve has at least 3.", nameof(x));
        for (int index = 0; index < x.Length; index++)
        {
            if (!double.IsFinite(x[index]) || !double.IsFinite(y[index]))
                throw new ArgumentException($"Point {index} is ({x[index]}, {y[index]}); fitting needs finite values.", nameof(x));
            if (!weights.IsEmpty && !(weights[index] > 0 && double.IsFinite(weights[index])))
                throw new ArgumentException($"Weight {index} is {weights[index]}; weights are positive and finite.", nameof(weights));
        }
    }
}
