namespace UnitsNet;

public readonly struct Temperature
{
    public double DegreesCelsius => throw Contract.Body;
}
