using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Equations.Domains;

/// <summary>
/// Chooses points where the residual of an equation is large, out of a pool of candidates. The rules are those compared by C. Wu, M. Zhu,
/// Q. Tan, Y. Kartha and L. Lu, "A comprehensive study of non-adaptive and residual-based adaptive sampling for physics-informed neural
/// networks", Comput. Methods Appl. Mech. Engrg. 403 (2023) 115671.
/// </summary>
public static class AdaptivePoints
{
    /// <summary>
    /// Residual-based adaptive distribution (RAD): draws candidates without replacement by p ∝ scoreᵏ / mean(scoreᵏ) + c.
    /// </summary>
    /// <param name="scores">|residual| of each candidate, finite and at least 0.</param>
    /// <param name="count">How many to choose, 1 to the number of candidates that can be drawn.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="power">Exponent k, at least 0 (default 1); 0 is uniform.</param>
    /// <param name="offset">Share c of the uniform distribution, at least 0 (default 1). With 0, candidates of score 0 are never drawn.</param>
    /// <returns>Indices of the chosen candidates, each once, in the order of the draw.</returns>
    /// <remarks>The draw gives each candidate a key E/p with E exponential, and takes the smallest (P. S. Efraimidis and P. G. Spirakis, 2006).</remarks>
    /// <exception cref="ArgumentException">A score that is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Too many to choose, or a negative option.</exception>
    public static int[] ByDensity(ReadOnlySpan<double> scores, int count, ulong seed, double power = 1, double offset = 1)
    {
        CheckScores(scores);
        CheckOption(power, nameof(power));
        CheckOption(offset, nameof(offset));
        double[] weights = Weights(scores, power, offset);
        int possible = weights.Count(weight => weight > 0);
        if (count < 1 || count > possible)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"{possible} of {scores.Length} candidates can be drawn: choose 1 to that many, or give more candidates.");
        var random = new SplitRandom(seed);
        var keys = new double[weights.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            double exponential = -Logarithm(1 - random.NextDouble());
            keys[i] = weights[i] > 0 ? exponential / weights[i] : double.PositiveInfinity;
        }

        return [.. Enumerable.Range(0, keys.Length).Where(i => weights[i] > 0).OrderBy(i => keys[i]).Take(count)];
    }

    /// <summary>
    /// Residual-based adaptive refinement (RAR), greedy: takes the candidates of largest score in turn, leaving out those too near to one
    /// already taken.
    /// </summary>
    /// <param name="domain">Where the candidates lie. Distances are measured in fractions of its bounding box, so that units do not matter.</param>
    /// <param name="candidates">The pool, [N, d].</param>
    /// <param name="scores">|residual| of each candidate, finite and at least 0.</param>
    /// <param name="count">How many to choose at most, at least 1.</param>
    /// <param name="minimumDistance">Least Euclidean distance between two of them, at least 0; 0.05 is a twentieth of the box.</param>
    /// <returns>Indices of the chosen candidates by falling score; fewer than asked for where the distance leaves no more.</returns>
    /// <exception cref="ArgumentException">Shapes that do not fit, or a score that is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count below 1 or a negative distance.</exception>
    public static int[] Largest(Domain domain, Tensor<double> candidates, ReadOnlySpan<double> scores, int count, double minimumDistance)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(candidates);
        CheckScores(scores);
        DomainChecks.Count(count);
        CheckOption(minimumDistance, nameof(minimumDistance));
        if (candidates.Shape != new Shape(scores.Length, domain.Dimension))
            throw new ArgumentException($"{scores.Length} scores on {domain.Dimension} variables belong to candidates of shape [{scores.Length}, {domain.Dimension}]; the shape given is {candidates.Shape}.", nameof(candidates));
        double[] falling = scores.ToArray();
        List<int> chosen = [];
        foreach (int index in Enumerable.Range(0, falling.Length).OrderByDescending(i => falling[i]))
        {
            if (chosen.Count == count)
                break;
            if (chosen.TrueForAll(other => Distance(domain, candidates.Row(index), candidates.Row(other)) >= minimumDistance))
                chosen.Add(index);
        }

        return [.. chosen];
    }

    /// <summary>The chosen rows of a pool.</summary>
    /// <param name="points">[N, d].</param>
    /// <param name="indices">Rows, 0 to N − 1.</param>
    /// <returns>[number of indices, d].</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public static Tensor<double> Rows(Tensor<double> points, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(indices);
        var rows = new Tensor<double>(new Shape(indices.Count, points.Shape.Last));
        for (int i = 0; i < indices.Count; i++)
            points.Row(indices[i]).CopyTo(rows.Row(i));
        return rows;
    }

    private static double[] Weights(ReadOnlySpan<double> scores, double power, double offset)
    {
        double largest = 0;
        foreach (double score in scores)
            largest = Math.Max(largest, score);
        var weights = new double[scores.Length];
        double mean = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            // over the largest score, so that no power overflows; without any, uniform
            weights[i] = largest > 0 ? Power(scores[i] / largest, power) : 1;
            mean += weights[i] / weights.Length;
        }

        for (int i = 0; i < weights.Length; i++)
            weights[i] = weights[i] / mean + offset;
        return weights;
    }

    private static double Distance(Domain domain, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int axis = 0; axis < a.Length; axis++)
        {
            double part = (a[axis] - b[axis]) / (domain.Bounds[axis].High - domain.Bounds[axis].Low);
            sum += part * part;
        }

        return Math.Sqrt(sum);
    }

    private static void CheckScores(ReadOnlySpan<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] >= 0 && double.IsFinite(scores[i])))
                throw new ArgumentException($"The score of candidate {i} is {scores[i]}; scores are finite and at least 0, such as |residual|.", nameof(scores));
        }
    }

    private static void CheckOption(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, value, $"{name} is finite and at least 0.");
    }

    // Not System.Math: its last bits differ between operating systems.
    private static double Power(double x, double exponent) => exponent switch
    {
        0 => 1,
        1 => x,
        2 => x * x,
        _ => x == 0 ? 0 : SimdScalar<double>.Sum(SimdMath.Exp<SimdScalar<double>, double>(new(exponent * Logarithm(x)))),
    };

    private static double Logarithm(double x) => SimdScalar<double>.Sum(SimdMath.Log<SimdScalar<double>, double>(new(x)));
}
