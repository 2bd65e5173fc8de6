using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// A matrix A that carries the coefficients of a spline to other knots or another degree, d = A·c, and what belongs to coefficients along with
/// them: a gradient g with respect to c goes to (A⁺)ᵀ·g, which is A(AᵀA)⁻¹·g where no two splines become one. Then the product of a
/// step s and a gradient change y stays, (A·s)·((A⁺)ᵀ·y) = s·y: quasi-Newton pairs remain curvature pairs.
/// </summary>
public sealed class SplineTransfer
{
    private readonly double[] _matrix;
    private readonly (int First, int End)[] _ranges;
    private double[]? _dual;

    private SplineTransfer(double[] matrix, int rows, int columns, bool inserted)
    {
        _matrix = matrix;
        (Rows, Columns, IsInsertion) = (rows, columns, inserted);
        _ranges = new (int, int)[rows];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<double> values = matrix.AsSpan(row * columns, columns);
            int first = values.IndexOfAnyExcept(0.0);
            _ranges[row] = first < 0 ? (0, 0) : (first, values.LastIndexOfAnyExcept(0.0) + 1);
        }
    }

    /// <summary>New coefficients, G + k of the new knots.</summary>
    public int Rows { get; }

    /// <summary>Old coefficients.</summary>
    public int Columns { get; }

    /// <summary>Whether knots were inserted (the function is the same to rounding) rather than projected (it is the nearest one).</summary>
    public bool IsInsertion { get; }

    /// <summary>An element of A: what old coefficient <paramref name="column"/> contributes to new coefficient <paramref name="row"/>.</summary>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Columns, nameof(column));
            return _matrix[row * Columns + column];
        }
    }

    /// <summary>Knot insertion where the knots are nested, else projection.</summary>
    /// <param name="from">Old extended knots.</param>
    /// <param name="fromDegree">Old degree.</param>
    /// <param name="to">New extended knots.</param>
    /// <param name="toDegree">New degree.</param>
    /// <param name="outside">What the old spline does outside of its grid, where the new grid reaches there.</param>
    /// <exception cref="ArgumentException">A knot row is not valid.</exception>
    public static SplineTransfer Create(
        ReadOnlySpan<double> from, int fromDegree, ReadOnlySpan<double> to, int toDegree, OutsideGrid outside = OutsideGrid.Linear)
    {
        Validate(from, fromDegree, to, toDegree);
        return fromDegree == toDegree && KnotInsertion.IsNested(from, to, fromDegree)
            ? Insert(from, to, fromDegree)
            : Project(from, fromDegree, to, toDegree, outside);
    }

    /// <summary>
    /// Knot insertion (Boehm 1980; Cohen, Lyche and Riesenfeld 1980): the same function on the new grid, to rounding. With the ends of the grid it
    /// also keeps the linear continuation, and with all outer knots the spline on the whole line.
    /// </summary>
    /// <param name="from">Old extended knots.</param>
    /// <param name="to">New extended knots: a grid within the old one that has all of its knots there, as often.</param>
    /// <param name="degree">Degree of both.</param>
    /// <exception cref="ArgumentException">A knot row is not valid, or the knots are not nested.</exception>
    public static SplineTransfer Insert(ReadOnlySpan<double> from, ReadOnlySpan<double> to, int degree)
    {
        Validate(from, degree, to, degree);
        return KnotInsertion.IsNested(from, to, degree)
            ? new SplineTransfer(KnotInsertion.Matrix(from, to, degree), to.Length - degree - 1, from.Length - degree - 1, inserted: true)
            : throw new ArgumentException(
                $"The knots are not nested: a grid from {to[degree]} to {to[^(degree + 1)]} must lie within the old one, {from[degree]} to {from[^(degree + 1)]}, and have all of its knots there. Use {nameof(Create)} or {nameof(Project)}.",
                nameof(to));
    }

    /// <summary>
    /// Least squares over the new grid with exact quadrature on the breakpoints of both (de Boor, "A Practical Guide to Splines", ch. XIV): the
    /// same function where the new space contains it (nested knots; a higher degree with every interior knot repeated as often as the degree grew,
    /// <see cref="KnotVector.Elevate"/>), else the nearest one.
    /// </summary>
    /// <param name="from">Old extended knots.</param>
    /// <param name="fromDegree">Old degree.</param>
    /// <param name="to">New extended knots.</param>
    /// <param name="toDegree">New degree.</param>
    /// <param name="outside">What the old spline does outside of its grid, where the new grid reaches there.</param>
    /// <exception cref="ArgumentException">A knot row is not valid, or too many of its knots coincide.</exception>
    public static SplineTransfer Project(
        ReadOnlySpan<double> from, int fromDegree, ReadOnlySpan<double> to, int toDegree, OutsideGrid outside = OutsideGrid.Linear)
    {
        Validate(from, fromDegree, to, toDegree);
        return new SplineTransfer(
            SplineProjection.Matrix(from, fromDegree, to, toDegree, outside), to.Length - toDegree - 1, from.Length - fromDegree - 1, inserted: false);
    }

    /// <summary>Coefficients, steps, averages of coefficients: A·c.</summary>
    /// <param name="source">Row-major [<see cref="Columns"/>, <paramref name="outputs"/>].</param>
    /// <param name="outputs">Functions carried at once.</param>
    /// <param name="target">Receives [<see cref="Rows"/>, <paramref name="outputs"/>]; must not overlap the source.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Apply<T>(ReadOnlySpan<T> source, int outputs, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(source.Length, outputs, target.Length);
        Multiply(_matrix, source, outputs, target, _ranges);
    }

    /// <summary>Gradients and means of gradients with respect to coefficients: (A⁺)ᵀ·g.</summary>
    /// <inheritdoc cref="Apply"/>
    public void ApplyDual<T>(ReadOnlySpan<T> source, int outputs, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(source.Length, outputs, target.Length);
        Multiply(Dual(), source, outputs, target, []);
    }

    /// <summary>
    /// Running means of squared gradients v: v'_j = (Σ_i |(A⁺)ᵀ_ji|·√v_i)², the largest that the square of a carried gradient can be. An adaptive
    /// step m'/√v' is then no longer than before, whatever the correlations, which v does not know.
    /// </summary>
    /// <inheritdoc cref="Apply"/>
    public void ApplySquares<T>(ReadOnlySpan<T> source, int outputs, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(source.Length, outputs, target.Length);
        double[] dual = Dual();
        var sums = new double[outputs];
        for (int row = 0; row < Rows; row++)
        {
            Array.Clear(sums);
            for (int column = 0; column < Columns; column++)
            {
                double factor = Math.Abs(dual[row * Columns + column]);
                for (int output = 0; output < outputs; output++)
                    sums[output] += factor * Math.Sqrt(Math.Max(0, double.CreateTruncating(source[column * outputs + output])));
            }

            for (int output = 0; output < outputs; output++)
                target[row * outputs + output] = T.CreateTruncating(sums[output] * sums[output]);
        }
    }

    /// <summary>I − A·A⁺ [Rows, Rows]: the projector onto coefficients that no old spline is carried to.</summary>
    internal double[] Complement()
    {
        double[] dual = Dual();
        var complement = new double[Rows * Rows];
        for (int row = 0; row < Rows; row++)
        {
            (int first, int end) = _ranges[row];
            for (int other = 0; other < Rows; other++)
            {
                double sum = row == other ? 1 : 0;
                for (int column = first; column < end; column++)
                    sum -= _matrix[row * Columns + column] * dual[other * Columns + column];
                complement[row * Rows + other] = sum;
            }
        }

        return complement;
    }

    private static void Validate(ReadOnlySpan<double> from, int fromDegree, ReadOnlySpan<double> to, int toDegree)
    {
        KnotVector.Validate(from, fromDegree);
        KnotVector.Validate(to, toDegree);
    }

    private void CheckLengths(int source, int outputs, int target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputs);
        if (source != Columns * outputs)
            throw new ArgumentException($"The source has {source} values; {Columns} coefficients of {outputs} functions are {Columns * outputs}.", nameof(source));
        if (target != Rows * outputs)
            throw new ArgumentException($"The target has {target} values; {Rows} coefficients of {outputs} functions are {Rows * outputs}.", nameof(target));
    }

    private void Multiply<T>(double[] matrix, ReadOnlySpan<T> source, int outputs, Span<T> target, ReadOnlySpan<(int First, int End)> ranges)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sums = new double[outputs];
        for (int row = 0; row < Rows; row++)
        {
            Array.Clear(sums);
            (int first, int end) = ranges.IsEmpty ? (0, Columns) : ranges[row];
            for (int column = first; column < end; column++)
            {
                double factor = matrix[row * Columns + column];
                for (int output = 0; output < outputs; output++)
                    sums[output] += factor * double.CreateTruncating(source[column * outputs + output]);
            }

            for (int output = 0; output < outputs; output++)
                target[row * outputs + output] = T.CreateTruncating(sums[output]);
        }
    }

    /// <summary>(A⁺)ᵀ, [Rows, Columns], the solution of least norm of Aᵀ·Z = I.</summary>
    private double[] Dual()
    {
        if (_dual is not null)
            return _dual;
        var transposed = new double[Columns * Rows];
        var identity = new double[Columns * Columns];
        for (int column = 0; column < Columns; column++)
        {
            identity[column * Columns + column] = 1;
            for (int row = 0; row < Rows; row++)
                transposed[column * Rows + row] = _matrix[row * Columns + column];
        }

        var dual = new double[Rows * Columns];
        CompleteOrthogonalFactor<double>.Compute(transposed, Columns, Rows).Solve(identity, Columns, dual);
        return _dual = dual;
    }
}
