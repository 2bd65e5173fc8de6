// A KAN in a training loop of your own: network, tape, loss and optimiser are separate values.
using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Dataset<double> train = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 0);
Dataset<double> test = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, seed: 1);
KanNetwork<double> network = KanNetwork<double>.Create([2, 5, 1], seed: 0);
Console.WriteLine(network.Summary());

Tape<double> tape = new();
LbfgsOptimizer<double> optimizer = new Lbfgs().Bind(network);
Console.WriteLine($"before training: test RMSE {Rmse(test):F4}");
for (int step = 0; step < 10; step++)
{
    optimizer.Step(() =>
    {
        Var<double> loss = MeanSquare(train);
        tape.Backward(loss);
        return loss.Item;
    });
}

Console.WriteLine($"after training:  test RMSE {Rmse(test):F4}");

double Rmse(Dataset<double> data) => Math.Sqrt(MeanSquare(data).Item);

Var<double> MeanSquare(Dataset<double> data)
{
    tape.Reset();
    Var<double> x = tape.Constant(data.Features, new Shape(data.Count, data.Inputs));
    Var<double> y = tape.Constant(data.Targets, new Shape(data.Count, data.Outputs));
    return new MeanSquaredError().Of(network.Forward(x), y);
}
