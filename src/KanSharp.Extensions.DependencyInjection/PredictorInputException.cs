using System.Globalization;

namespace KanSharp.Extensions.DependencyInjection;

/// <summary>A row that can not be predicted: where, what was found, what is expected.</summary>
public sealed class PredictorInputException : FormatException
{
    /// <summary>Creates the exception; the message becomes "row R, column 'C': problem; expected …", without a column where it is empty.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">Name of the column; empty where it is the whole row.</param>
    /// <param name="problem">What was found.</param>
    /// <param name="expected">What is allowed.</param>
    public PredictorInputException(int row, string column, string problem, string expected)
        : base(string.Create(CultureInfo.InvariantCulture, $"row {row}{(string.IsNullOrEmpty(column) ? "" : $", column '{column}'")}: {problem}; expected {expected}"))
    {
        Row = row;
        Column = column;
        Problem = problem;
        Expected = expected;
    }

    /// <summary>Index of the row, from 0.</summary>
    public int Row { get; }

    /// <summary>Name of the column; empty where it is the whole row.</summary>
    public string Column { get; }

    /// <summary>What was found.</summary>
    public string Problem { get; }

    /// <summary>What is allowed.</summary>
    public string Expected { get; }
}
