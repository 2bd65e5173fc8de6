using KanSharp.Autodiff;

namespace KanSharp.Tests.Equations.Truth;

/// <summary>
/// u_t = D·u_xx + 5·(u − u³), u(x, 0) = x²·cos(πx) on [−1, 1] for t in [0, 1], with u(±1, t) = −1 or with periodic ends. The solution is even: spectral elements on [0, 1],
/// no flux at 0; a periodic even function has no flux at 1 either. Time: the semi-implicit Euler rule, diffusion implicit, extrapolated to order 6 (E. Hairer and
/// G. Wanner, "Solving Ordinary Differential Equations II", section IV.9); between the steps Lagrange's polynomial of eight of them.
/// </summary>
internal sealed class AllenCahnTruth
{
    private const int Rows = 6, Stencil = 8;

    private readonly LobattoElement _element;
    private readonly int _elements;
    private readonly int _steps;
    private readonly bool _periodic;
    private readonly double[] _mass;
    private readonly BandedMatrix[] _solvers;
    private readonly double[][] _snapshots;

    /// <param name="diffusivity">D.</param>
    /// <param name="periodic">Periodic ends, else u = −1 there.</param>
    /// <param name="elements">Elements on [0, 1].</param>
    /// <param name="degree">Degree of the elements.</param>
    /// <param name="steps">Steps of time.</param>
    public AllenCahnTruth(double diffusivity, bool periodic, int elements, int degree = 16, int steps = 400)
    {
        (_element, _elements, _steps, _periodic) = (new LobattoElement(degree), elements, steps, periodic);
        int nodes = elements * degree + 1;
        _mass = new double[nodes];
        for (int index = 0; index < elements * (degree + 1); index++)
            _mass[index / (degree + 1) * degree + index % (degree + 1)] += _element.Weights[index % (degree + 1)] / (2 * elements);
        _solvers = [.. Enumerable.Range(1, Rows).Select(substeps => Solver(diffusivity / (steps * substeps)))];
        _snapshots = new double[steps + 1][];
        _snapshots[0] = [.. Enumerable.Range(0, nodes).Select(Place).Select(x => x * x * Math.Cos(Math.PI * x))];
        for (int step = 0; step < steps; step++)
            _snapshots[step + 1] = Step(_snapshots[step]);
    }

    /// <summary>Points [N, 2] of x and t to values [N, 1].</summary>
    public Tensor<double> Evaluate(Tensor<double> points)
    {
        var values = new Tensor<double>(new Shape(points.Shape.Rows, 1));
        for (int row = 0; row < points.Shape.Rows; row++)
            values[row, 0] = Value(points[row, 0], points[row, 1]);
        return values;
    }

    /// <summary>u(x, t).</summary>
    public double Value(double x, double t)
    {
        double place = Math.Abs(x) * _elements, time = t * _steps;
        int element = Math.Min((int)place, _elements - 1), first = Math.Clamp((int)time - Stencil / 2 + 1, 0, _steps + 1 - Stencil);
        double sum = 0;
        for (int index = first; index < first + Stencil; index++)
        {
            double weight = 1;
            for (int other = first; other < first + Stencil; other++)
                weight *= other == index ? 1 : (time - other) / (index - other);
            if (weight != 0)
                sum += weight * _element.Interpolate(_snapshots[index].AsSpan(element * _element.Degree, _element.Degree + 1), 2 * (place - element) - 1);
        }

        return sum;
    }

    private double Place(int node)
    {
        int element = Math.Min(node / _element.Degree, _elements - 1);
        return (element + (1 + _element.Nodes[node - element * _element.Degree]) / 2) / _elements;
    }

    /// <summary>Mass matrix plus a multiple of the stiffness matrix, factored.</summary>
    private BandedMatrix Solver(double factor)
    {
        int degree = _element.Degree, last = _mass.Length - 1;
        var matrix = new BandedMatrix(_mass.Length, degree);
        for (int node = 0; node <= last; node++)
            matrix[node, node] = _mass[node];
        for (int element = 0; element < _elements; element++)
        {
            for (int row = 0; row <= degree; row++)
            {
                for (int column = 0; column <= degree; column++)
                {
                    double sum = 0;
                    for (int node = 0; node <= degree; node++)
                        sum += _element.Weights[node] * _element.Derivative[node, row] * _element.Derivative[node, column];
                    matrix[element * degree + row, element * degree + column] += factor * 2 * _elements * sum;
                }
            }
        }

        for (int column = last - degree; column <= last && !_periodic; column++)
            matrix[last, column] = column == last ? 1 : 0;
        matrix.Factor();
        return matrix;
    }

    private double[] Step(double[] u)
    {
        double[][] above = [];
        for (int row = 0; row < Rows; row++)
        {
            var here = new double[row + 1][];
            here[0] = Euler(u, row);
            for (int column = 1; column <= row; column++)
            {
                double factor = 1 / ((row + 1.0) / (row + 1 - column) - 1);
                here[column] = [.. here[column - 1].Zip(above[column - 1], (fine, coarse) => fine + (fine - coarse) * factor)];
            }

            above = here;
        }

        return above[^1];
    }

    private double[] Euler(double[] start, int row)
    {
        var u = (double[])start.Clone();
        double step = 1.0 / (_steps * (row + 1));
        for (int substep = 0; substep <= row; substep++)
        {
            for (int node = 0; node < u.Length; node++)
                u[node] = _mass[node] * (u[node] + step * 5 * u[node] * (1 - u[node] * u[node]));
            if (!_periodic)
                u[^1] = -1;
            _solvers[row].Solve(u);
        }

        return u;
    }
}
