// dy/dx = x² + y, y(0) = 1 on [−2, 2] with a [1, 32, 1] KAN and L-BFGS. The derivative of the network is a jet: pushed through the
// layers together with the value, on the tape, so that the residual can be trained on. Closed form: y = 3eˣ − x² − 2x − 2.
using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Bases;
using KanSharp.Networks;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Points = 200;
var x = new Tensor<double>(new Shape(Points, 1));
for (int n = 0; n < Points; n++)
    x[n, 0] = -2 + 4.0 * n / (Points - 1);
var network = KanNetwork<double>.Create([1, 32, 1], new BSplineOptions { Low = -2, High = 2, Intervals = 8 });
var tape = new Tape<double>();
var optimizer = new Lbfgs { MaxIterations = 100 }.Bind(network);
var zero = new Tensor<double>(new Shape(1, 1));

for (int step = 1; step <= 20; step++)
{
    double loss = optimizer.Step(() =>
    {
        tape.Reset();
        Var<double> points = tape.Constant(x);
        Jet<double> y = network.Forward(Jet<double>.Seed(points, feature: 0));
        Var<double> residual = y.Derivative - points * points - y.Value;
        Var<double> start = network.Forward(tape.Constant(zero)) - 1;
        Var<double> total = (residual * residual).Mean() + (start * start).Sum();
        tape.Backward(total);
        return total.Item;
    });
    if (step % 5 == 0)
        Console.WriteLine($"step {step,3}: loss {loss:E2}, maximum error {MaximumError():E2}");
}

double error = MaximumError();
Console.WriteLine($"maximum error against the closed form on [-2, 2]: {error:E2} ({(error <= 1e-3 ? "within" : "above")} 1e-3)");
return error <= 1e-3 ? 0 : 1;

double MaximumError()
{
    tape.Reset();
    ReadOnlySpan<double> y = network.Forward(tape.Constant(x)).Values;
    double largest = 0;
    for (int n = 0; n < Points; n++)
        largest = Math.Max(largest, Math.Abs(y[n] - (3 * Math.Exp(x[n, 0]) - x[n, 0] * x[n, 0] - 2 * x[n, 0] - 2)));
    return largest;
}
