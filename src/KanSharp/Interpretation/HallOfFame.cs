namespace KanSharp.Interpretation;

/// <summary>
/// The best formula of every complexity, all measured on the same data, and the pick among them: the one of least description length
/// (J. Rissanen 1978).
/// </summary>
/// <remarks>
/// <para>The description length, in nats, of N rows through a formula is N/2·ln(max(ε², ε₀²)) + ½·ln N·(complexity + free constants): the code of the residuals, whose
/// relative root mean square error is ε, and that of the formula, in which every node, and once more every constant that is not a simple number, costs as
/// much as a fitted parameter does in the criterion of G. Schwarz (1978). So a longer formula is picked only if its error is smaller by more than chance explains.</para>
/// <para>Relative errors up to <see cref="NumericalZero"/> = ε₀ count as none: among formulas that are exact to rounding the simplest is picked.</para>
/// </remarks>
public sealed class HallOfFame
{
    /// <summary>Relative error that counts as 0.</summary>
    public const double NumericalZero = 1e-9;

    private readonly SortedDictionary<int, FormulaCandidate> _best = [];
    private readonly double _scale;

    /// <summary>An empty hall.</summary>
    /// <param name="targets">The targets on which all candidates are measured; at least one.</param>
    /// <exception cref="ArgumentException">No targets.</exception>
    public HallOfFame(ReadOnlySpan<double> targets)
    {
        if (targets.IsEmpty)
            throw new ArgumentException("There are no targets; candidates are measured on at least one row.", nameof(targets));
        Rows = targets.Length;
        _scale = FormulaData.Scale(targets);
    }

    /// <summary>Rows on which candidates are measured.</summary>
    public int Rows { get; }

    /// <summary>The best candidate of every complexity, simplest first.</summary>
    public IReadOnlyList<FormulaCandidate> Best => [.. _best.Values];

    /// <summary>Candidates that no simpler one equals or beats in error, simplest first.</summary>
    public IReadOnlyList<FormulaCandidate> Pareto
    {
        get
        {
            var front = new List<FormulaCandidate>();
            foreach (FormulaCandidate candidate in _best.Values)
            {
                if (front.Count == 0 || RelativeError(candidate) < RelativeError(front[^1]))
                    front.Add(candidate);
            }

            return front;
        }
    }

    /// <summary>The candidate of least description length, the simpler one where two are equal; null while the hall is empty.</summary>
    public FormulaCandidate? Pick => _best.Values.MinBy(DescriptionLength);

    /// <summary>Takes a candidate in if it is the best of its complexity so far.</summary>
    /// <returns>Whether it is.</returns>
    public bool Add(FormulaCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (!double.IsFinite(candidate.Rmse) || (_best.TryGetValue(candidate.Complexity, out FormulaCandidate? held) && !Precedes(candidate, held)))
            return false;
        _best[candidate.Complexity] = candidate;
        return true;
    }

    /// <summary>Takes in all candidates of another hall, which must stand on the same data.</summary>
    public void Add(HallOfFame other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (FormulaCandidate candidate in other._best.Values)
            Add(candidate);
    }

    /// <summary>Description length of the rows through a candidate, in nats up to a constant; see the remarks of the class.</summary>
    public double DescriptionLength(FormulaCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        double symbols = candidate.Complexity + FreeConstants.Count(candidate.Formula);
        return Rows * Math.Log(RelativeError(candidate)) + Math.Log(Math.Max(Rows, 2)) / 2 * symbols;
    }

    private double RelativeError(FormulaCandidate candidate) => Math.Max(candidate.Rmse / _scale, NumericalZero);

    private bool Precedes(FormulaCandidate candidate, FormulaCandidate held)
    {
        (double length, double best) = (DescriptionLength(candidate), DescriptionLength(held));
        return length != best
            ? length < best
            : candidate.Formula.ToString().Length < held.Formula.ToString().Length;
    }
}
