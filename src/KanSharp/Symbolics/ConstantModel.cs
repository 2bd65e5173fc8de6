using KanSharp.Symbolics.Evaluation;

namespace KanSharp.Symbolics;

/// <summary>
/// An expression whose free real constants became parameters θ: values and derivatives with respect to θ for many rows at a time, and the
/// expression with other constants put in. It can be used by several threads at once and allocates nothing once a thread has used it.
/// </summary>
/// <remarks>
/// Free are all numbers but structural ones: exponents that are whole or halves, the −1 of signs, differences and quotients, and numbers inside
/// compounds of exact numbers, π and e, such as √2. Equal parts of the expression share their parameters.
/// </remarks>
public sealed class ConstantModel
{
    private readonly BlockProgram _program;
    private readonly ReverseSweep _reverse;
    private readonly Expression _template;

    /// <summary>Finds the free constants of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="variables">Names of the columns of a row, in order; there may be more than the expression uses.</param>
    /// <param name="freeExponents">True to free exponents that are halves too, such as that of a root; whole ones stay. Default false.</param>
    /// <exception cref="ArgumentException">A variable of the expression is not among them, or one is named twice.</exception>
    public ConstantModel(Expression expression, IReadOnlyList<string> variables, bool freeExponents = false)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ConstantSplitter splitter = new(freeExponents);
        _template = splitter.Split(expression);
        Expression = expression;
        StartConstants = splitter.Values;
        Start = [.. splitter.Values.Select(v => v.Value)];
        _program = ProgramBuilder.Build(_template, variables, Count);
        _reverse = new ReverseSweep(_program);
        Variables = [.. variables];
    }

    /// <summary>The expression as given.</summary>
    public Expression Expression { get; }

    /// <summary>Names of the columns of a row, in order.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The constants of <see cref="Expression"/>, in the order of θ.</summary>
    public IReadOnlyList<double> Start { get; }

    /// <summary>The same as nodes: exact numbers as such.</summary>
    public IReadOnlyList<NumberExpression> StartConstants { get; }

    /// <summary>Number of free constants.</summary>
    public int Count => StartConstants.Count;

    /// <summary>Computes values and, if asked for, derivatives. Rows outside the domain give NaN or ±∞.</summary>
    /// <param name="rows">N rows of as many numbers as there are <see cref="Variables"/>, row by row.</param>
    /// <param name="theta">The constants, <see cref="Count"/> numbers.</param>
    /// <param name="y">Receives N values.</param>
    /// <param name="jacobian">Receives ∂y/∂θ, N rows of <see cref="Count"/> numbers; empty where it is not wanted.</param>
    public void Evaluate(ReadOnlySpan<double> rows, ReadOnlySpan<double> theta, Span<double> y, Span<double> jacobian = default)
    {
        RowChecks.Length(rows.Length, y.Length, Variables.Count);
        if (theta.Length != Count)
            throw new ArgumentException($"There are {theta.Length} constants, but the expression has {Count}.", nameof(theta));
        if (jacobian.Length != 0 && jacobian.Length != (long)y.Length * Count)
        {
            throw new ArgumentException(
                $"The table of derivatives has {jacobian.Length} elements, but {y.Length} rows of {Count} constants need {(long)y.Length * Count}; or leave it empty.",
                nameof(jacobian));
        }

        int constants = _program.Constants.Length;
        Span<double> all = constants <= 256 ? stackalloc double[constants] : new double[constants];
        _program.Constants.CopyTo(all);
        theta.CopyTo(all);
        if (jacobian.Length == 0)
            _program.Evaluate(rows, all, y);
        else
            _reverse.Evaluate(rows, all, y, jacobian);
    }

    /// <summary>The expression with these constants.</summary>
    /// <param name="theta">Finite numbers, <see cref="Count"/> of them.</param>
    public Expression With(ReadOnlySpan<double> theta)
    {
        Expression[] constants = new Expression[theta.Length];
        for (int i = 0; i < constants.Length; i++)
            constants[i] = Expression.Number(theta[i]);
        return With(constants);
    }

    /// <summary>The expression with these constants, which may be exact numbers or expressions such as π/2.</summary>
    /// <param name="constants">Expressions without variables, <see cref="Count"/> of them.</param>
    public Expression With(IReadOnlyList<Expression> constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        if (constants.Count != Count)
            throw new ArgumentException($"There are {constants.Count} constants, but the expression has {Count}.", nameof(constants));
        return _template.Transform(node => node is ParameterExpression parameter ? constants[parameter.Index] : node);
    }
}
