using KanSharp.Symbolics.Evaluation;

namespace KanSharp.Symbolics;

/// <summary>
/// An expression as a program that computes many rows at a time with the vector registers of the machine. Equal parts are computed once. It can
/// be used by several threads at once and allocates nothing once a thread has used it. Results depend neither on the number of rows nor on how
/// they are cut.
/// </summary>
public sealed class CompiledExpression
{
    private readonly BlockProgram _program;

    internal CompiledExpression(Expression expression, IReadOnlyList<string> variables)
    {
        Expression = expression;
        _program = ProgramBuilder.Build(expression, variables);
        Variables = [.. variables];
    }

    /// <summary>What was compiled.</summary>
    public Expression Expression { get; }

    /// <summary>Names of the columns of a row, in order.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Computes the expression for each row. Rows outside the domain give NaN or ±∞.</summary>
    /// <param name="rows">N rows of as many numbers as there are <see cref="Variables"/>, row by row.</param>
    /// <param name="y">Receives N results.</param>
    public void Evaluate(ReadOnlySpan<double> rows, Span<double> y)
    {
        RowChecks.Length(rows.Length, y.Length, Variables.Count);
        _program.Evaluate(rows, _program.Constants, y);
    }

    /// <summary>Computes the expression for each row.</summary>
    /// <param name="rows">As above.</param>
    public double[] Evaluate(ReadOnlySpan<double> rows)
    {
        double[] y = new double[Variables.Count == 0 ? 1 : rows.Length / Variables.Count];
        Evaluate(rows, y);
        return y;
    }
}
