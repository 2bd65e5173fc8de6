using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Benchmarks;

/// <summary>A public regression table, the mark to compare with and what is known about its cost.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="File">Its file in the folder of the tables.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="MarkR2">R² of scikit-learn's HistGradientBoosting on one random split into 80 % and 20 %, as the data's README has it.</param>
/// <param name="MostSeeds">Seeds beyond these are left out, because the table is large.</param>
internal sealed record TableTask(string Name, string File, string Target, double MarkR2, int MostSeeds)
{
    public static IReadOnlyList<TableTask> All { get; } =
    [
        new("diabetes", "diabetes.csv", "target", 0.4, int.MaxValue),
        new("energy", "energy_efficiency_heating.csv", "heating_load", 0.997, int.MaxValue),
        new("concrete", "concrete_strength.csv", "strength_mpa", 0.937, int.MaxValue),
        new("airfoil", "airfoil_self_noise.csv", "sound_pressure_db", 0.933, int.MaxValue),
        new("wine-quality", "wine_quality_red.csv", "quality", 0.373, int.MaxValue),
        new("power-plant", "power_plant_ccpp.csv", "PE", 0.962, int.MaxValue),
        new("california", "california_housing.csv", "MedHouseVal", 0.838, 3),
    ];

    /// <summary>The rows of a seed: 60 % to train on, 20 % to choose by, 20 % for the error.</summary>
    public TabularProblem<double> Problem(string folder, ulong seed) => TabularProblem<double>.Create(
        Csv.Read(Path.Combine(folder, File)), [Target],
        new TabularOptions { Encoding = new EncodingOptions { Task = TaskKind.Regression }, Validation = 0.2, Test = 0.2, Seed = seed });
}
