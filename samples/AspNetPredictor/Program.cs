// A web service that predicts with a KAN: POST /predict, GET /model.
// Without arguments: trains a small model, serves it on the loopback interface, measures it for about six seconds and ends.
//   dotnet run -c Release --project samples/AspNetPredictor
// With a model file: serves it until Ctrl+C.
//   dotnet run -c Release --project samples/AspNetPredictor -- MODEL [URL]
using AspNetPredictor;
using KanSharp.Extensions.DependencyInjection;
using KanSharp.Interchange;

if (args.Length > 0)
{
    try
    {
        await using WebApplication server = Server.Create(args[0], args.Length > 1 ? args[1] : "http://127.0.0.1:5080");
        await server.StartAsync();
        Console.WriteLine($"{args[0]} is served at {string.Join(", ", server.Urls)}: GET /model, POST /predict; Ctrl+C ends");
        await server.WaitForShutdownAsync();
        return 0;
    }
    catch (Exception error) when (error is FileNotFoundException or ModelFileException)
    {
        await Console.Error.WriteLineAsync(error.Message);
        return 1;
    }
}

string file = Path.Combine(Path.GetTempPath(), $"kan-served-{Guid.NewGuid():N}.safetensors");
try
{
    ServedModel.Train(file);
    await using WebApplication server = Server.Create(file, "http://127.0.0.1:0");
    LoadTest.InProcess(server.Services.GetRequiredService<IKanPredictor>());
    await server.StartAsync();
    bool good = await LoadTest.Run(server.Urls.First());
    await server.StopAsync();
    return good ? 0 : 1;
}
finally
{
    File.Delete(file);
}
