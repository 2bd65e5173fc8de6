using KanSharp.Data;
using KanSharp.Interpretation.Terms;

namespace KanSharp.Interpretation;

/// <summary>
/// Searches for a formula directly on data: y = M·G(Σ c_k t_k / (1 + Σ b_k d_k)), where the terms are products of powers of the variables and of
/// functions of short sums, and G is an elementary function. In the language of KANs every candidate is a small symbolic network with product nodes.
/// </summary>
/// <remarks>
/// <para>Candidates are screened by least squares on a few hundred rows, all pairs and triples of cheap terms and beams through a bank of about 10⁵ terms for
/// each G, products through logarithms with free exponents, quotients as sums that are linear in y times terms. Where a polynomial shows that the data have
/// noise, its values stand in for the target in that step, and each G weighs the rows so that errors of y count. The best are then fitted to y itself on all rows and
/// ordered by description length; constants become simple numbers where the data can not tell the difference (<see cref="ConstantSnapper"/>).</para>
/// <para>Units are not used. The same data, options and seed give the same formulas for any number of threads.</para>
/// </remarks>
public static class TermSearch
{
    /// <summary>Runs a search.</summary>
    /// <param name="train">Rows to fit; regression with one target, finite values, at least 5 rows, distinct names of the columns.</param>
    /// <param name="validation">Rows on which the results are measured; never used for fitting. Null: measured on the training rows.</param>
    /// <param name="options">How to search; the defaults if null.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Ends the search with the best so far.</param>
    /// <exception cref="ArgumentException">The data are not of that kind.</exception>
    public static TermSearchResult Run(
        Dataset<double> train, Dataset<double>? validation = null, TermSearchOptions? options = null,
        IProgress<TermSearchProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        TermSearchChecks.Data(train, nameof(train));
        if (validation is not null)
            TermSearchChecks.Matches(train, validation);
        using var session = new TermSession(train, validation ?? train, options ?? new TermSearchOptions(), progress, cancellationToken);
        return session.Run();
    }
}
