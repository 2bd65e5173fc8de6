using System.Numerics;
using KanSharp.Numerics;

namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// Laplace's equation in a polygon with given boundary values: the real part of a rational function whose poles crowd towards the corners from outside, plus a
/// polynomial, fitted on the boundary by least squares (A. Gopal and L. N. Trefethen, "Solving Laplace problems with corner singularities via rational functions", SIAM
/// J. Numer. Anal. 57 (2019) 2074). By the maximum principle no error inside exceeds the largest on the boundary.
/// </summary>
internal sealed class LightningLaplace
{
    private const double Sigma = 4;

    private readonly Complex[] _corners;
    private readonly (Complex Pole, double Distance)[] _poles;
    private readonly int _degree;
    private readonly Complex _centre;
    private readonly double _radius;
    private readonly double[] _coefficients;

    /// <param name="corners">Corners, counterclockwise.</param>
    /// <param name="boundary">The boundary values.</param>
    /// <param name="poles">Poles at a corner; twice as many at corners that point inwards.</param>
    /// <param name="degree">Degree of the polynomial.</param>
    public LightningLaplace(IReadOnlyList<(double X, double Y)> corners, Func<double, double, double> boundary, int poles = 40, int degree = 24)
    {
        _corners = [.. corners.Select(corner => new Complex(corner.X, corner.Y))];
        _degree = degree;
        _centre = new Complex((_corners.Min(z => z.Real) + _corners.Max(z => z.Real)) / 2, (_corners.Min(z => z.Imaginary) + _corners.Max(z => z.Imaginary)) / 2);
        _radius = _corners.Max(z => (z - _centre).Magnitude);
        _poles = [.. Enumerable.Range(0, _corners.Length).SelectMany(index => PolesAt(index, poles))];
        (Complex Z, double Weight)[] samples = [.. Enumerable.Range(0, _corners.Length).SelectMany(index => Samples(index, 2 * poles))];
        int columns = 2 * (_poles.Length + degree + 1);
        var matrix = new double[samples.Length * columns];
        var right = new double[samples.Length];
        for (int row = 0; row < samples.Length; row++)
        {
            Functions(samples[row].Z, matrix.AsSpan(row * columns, columns));
            foreach (ref double value in matrix.AsSpan(row * columns, columns))
                value *= samples[row].Weight;
            right[row] = samples[row].Weight * boundary(samples[row].Z.Real, samples[row].Z.Imaginary);
        }

        _coefficients = new double[columns];
        CompleteOrthogonalFactor<double>.Compute(matrix, samples.Length, columns, 1e-15).Solve(right, 1, _coefficients);
        BoundaryError = Enumerable.Range(0, _corners.Length).SelectMany(index => Samples(index, 3 * poles))
            .Max(sample => sample.Weight * Math.Abs(Value(sample.Z.Real, sample.Z.Imaginary) - boundary(sample.Z.Real, sample.Z.Imaginary)));
    }

    /// <summary>Largest error at fresh points of the boundary, times the root of their distance from the next corner: where the function is singular, close to it says little.</summary>
    public double BoundaryError { get; }

    /// <summary>The solution.</summary>
    public double Value(double x, double y)
    {
        var functions = new double[_coefficients.Length];
        Functions(new Complex(x, y), functions);
        double sum = 0;
        for (int index = 0; index < functions.Length; index++)
            sum += functions[index] * _coefficients[index];
        return sum;
    }

    private void Functions(Complex z, Span<double> values)
    {
        int next = 0;
        foreach ((Complex pole, double distance) in _poles)
        {
            Complex value = distance / (z - pole);
            (values[next++], values[next++]) = (value.Real, value.Imaginary);
        }

        Complex power = Complex.One;
        for (int order = 0; order <= _degree; order++, power *= (z - _centre) / _radius)
            (values[next++], values[next++]) = (power.Real, power.Imaginary);
    }

    /// <summary>Poles on the outward bisector of a corner.</summary>
    private IEnumerable<(Complex Pole, double Distance)> PolesAt(int corner, int count)
    {
        (Complex before, Complex here, Complex after) = (_corners[(corner + _corners.Length - 1) % _corners.Length], _corners[corner], _corners[(corner + 1) % _corners.Length]);
        Complex to = (after - here) / (after - here).Magnitude, from = (before - here) / (before - here).Magnitude;
        bool inward = (to.Real * from.Imaginary - to.Imaginary * from.Real) < 0;
        Complex bisector = (to + from) / (to + from).Magnitude * (inward ? 1 : -1);
        int number = inward ? 2 * count : count;
        for (int index = 1; index <= number; index++)
        {
            double distance = _radius * Math.Exp(Sigma * (Math.Sqrt(index) - Math.Sqrt(number)));
            yield return (here + distance * bisector, distance);
        }
    }

    /// <summary>Points of the edge after a corner, as crowded at both ends as the poles.</summary>
    private IEnumerable<(Complex Z, double Weight)> Samples(int corner, int count)
    {
        (Complex from, Complex to) = (_corners[corner], _corners[(corner + 1) % _corners.Length]);
        for (int index = 1; index <= 3 * count; index++)
        {
            double part = Math.Exp(Sigma * (Math.Sqrt(index / 3.0) - Math.Sqrt(count))) / 2;
            foreach (bool flip in (bool[])[false, true])
            {
                Complex z = flip ? to + part * (from - to) : from + part * (to - from);
                yield return (z, Math.Sqrt(part * (to - from).Magnitude));
            }
        }
    }
}
