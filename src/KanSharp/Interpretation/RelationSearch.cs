namespace KanSharp.Interpretation;

/// <summary>
/// Finds relations among the columns of a table when no column is the target (Liu et al., KAN, arXiv 2404.19756, section 4.2): a network [d, 1, 1] learns to tell real rows from rows
/// whose columns were shuffled independently. Its last activation is fixed to exp(−h²), so that h = Σ φ_i(x_i) becomes 0 on real rows, and the functions φ_i that are not constant
/// name the columns of a relation.
/// </summary>
/// <remarks>
/// A network may find the sum of several relations. Their functions are then uncorrelated on the real rows, and each set of correlated functions is judged by itself.
/// </remarks>
public static class RelationSearch
{
    /// <summary>Searches.</summary>
    /// <param name="rows">The table, row-major [N, columns].</param>
    /// <param name="columns">Number of columns, at least 2.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="progress">Receives a report after every run.</param>
    /// <param name="cancellation">Stops; the result is then what was found so far.</param>
    /// <exception cref="ArgumentException">There are fewer than two columns or ten rows, a value is not finite, or a column is constant.</exception>
    public static RelationSearchResult Find(
        ReadOnlySpan<double> rows,
        int columns,
        RelationSearchOptions? options = null,
        IProgress<RelationSearchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new RelationSearchOptions();
        Check(rows, columns);
        double[] table = rows.ToArray();
        List<Relation> found = [];
        var participation = new double[columns];
        int done = 0;
        while (done < options.Runs && !cancellation.IsCancellationRequested)
        {
            RelationRun run = RelationRun.Train(table, columns, options.Seed + (ulong)done, options, cancellation);
            if (cancellation.IsCancellationRequested)
                break;
            done++;
            foreach (int variable in run.Relations.SelectMany(relation => relation.Variables).Distinct())
                participation[variable]++;
            foreach ((int[] variables, double residual) in run.Relations)
            {
                int known = found.FindIndex(relation => relation.Variables.SequenceEqual(variables));
                if (known < 0)
                    found.Add(new Relation(variables, 1, residual, run.Accuracy, run.Network));
                else if (residual < found[known].Residual)
                    found[known] = new Relation(variables, found[known].Count + 1, residual, run.Accuracy, run.Network);
                else
                    found[known] = found[known] with { Count = found[known].Count + 1 };
            }

            found = [.. found.OrderByDescending(relation => relation.Count).ThenBy(relation => relation.Residual)];
            progress?.Report(new RelationSearchProgress(done, options.Runs, [.. found]));
        }

        return new RelationSearchResult(found, done, [.. participation.Select(count => done == 0 ? 0 : count / done)]);
    }

    private static void Check(ReadOnlySpan<double> rows, int columns)
    {
        if (columns < 2)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, "A relation is between two columns at least.");
        if (rows.Length % columns != 0 || rows.Length < 10 * columns)
            throw new ArgumentException($"{rows.Length} values are not ten rows of {columns} columns or more.", nameof(rows));
        for (int index = 0; index < rows.Length; index++)
        {
            if (!double.IsFinite(rows[index]))
                throw new ArgumentException($"Row {index / columns}, column {index % columns} is {rows[index]}; fill or drop missing values first.", nameof(rows));
        }

        for (int column = 0; column < columns; column++)
        {
            bool varies = false;
            for (int index = column; index < rows.Length && !varies; index += columns)
                varies = rows[index] != rows[column];
            if (!varies)
                throw new ArgumentException($"Column {column} is {rows[column]} in every row; leave constant columns out.", nameof(rows));
        }
    }
}
